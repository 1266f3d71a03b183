import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Story } from "#components/incidents/story.tsx";

const outside = { kind: "outside", name: "ErrorBudgetBurn", severity: "page", at: 0 } as const;

function told(of: { readonly tier: string | null; readonly slo: string | null }): string {
  const story = [{ ...outside, ...of, turn: "began" as const }];
  return renderToStaticMarkup(<Story service="cart" story={story} />).replace(/<[^>]*>/g, "");
}

test("an alert outside is told as ours is: its tier and its SLO", () => {
  expect(told({ tier: "page-fast", slo: "latency" })).toContain(
    "page-fast of latency (ErrorBudgetBurn) fired",
  );
  expect(told({ tier: null, slo: "latency" })).toContain("page of latency (ErrorBudgetBurn) fired");
});

test("one that is tied to no SLO says so", () => {
  expect(told({ tier: null, slo: null })).toContain(
    "ErrorBudgetBurn (page), tied to no SLO, fired",
  );
});
