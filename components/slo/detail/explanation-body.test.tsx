import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ExplanationBody } from "#components/slo/detail/explanation-body.tsx";
import type { Explanation } from "#lib/explain/explanation.ts";

const from = Date.UTC(2026, 1, 28, 23);
const to = Date.UTC(2026, 2, 12, 10, 30);

function markup(links: Explanation["queries"][number]["links"]): string {
  const explanation: Explanation = {
    ...{ id: "remaining", title: "Budget left", meaning: "", unit: "events", steps: [] },
    window: { label: "month", from, to },
    rows: { start: null, end: null },
    difference: { good: 0, total: 0, covered: 0 },
    queries: [{ counts: "bad", written: "a", asked: "b", links }],
    source: { name: "main", flavour: null },
  };
  return renderToStaticMarkup(<ExplanationBody explanation={explanation} service="check out" />);
}

test("each query opens in its source, in a tab that learns nothing of this one", () => {
  const html = markup({ written: "https://p.example/?q=a", asked: "https://p.example/?q=b" });
  const links = html.match(/<a [^>]*p\.example[^>]*>/g) ?? [];
  expect(links).toHaveLength(2);
  for (const link of links) expect(link).toContain('rel="noreferrer noopener"');
  expect(html).toContain("Open in main");
});

test("without a link nothing is offered", () => {
  expect(markup({ written: null, asked: null })).not.toContain("Open in");
});

test("the number leads to what was shipped in its window, the last day included", () => {
  expect(markup({ written: null, asked: null })).toContain(
    'href="/deployments?service=check+out&amp;from=2026-02-28&amp;to=2026-03-12"',
  );
  expect(markup({ written: null, asked: null })).toContain("Window: this month");
});
