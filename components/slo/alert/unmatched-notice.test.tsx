import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { UnmatchedNotice } from "#components/slo/alert/unmatched-notice.tsx";

const said = (text: string | null, hasFiring: boolean) =>
  renderToStaticMarkup(<UnmatchedNotice {...{ text, hasFiring }} tiers={["page-fast"]} />);

test("a link whose parts fit nothing says which, and what is shown instead", () => {
  expect(said("tier:bogus", true)).toContain(
    "no alert tier “bogus”; it has page-fast. This is the",
  );
  expect(said("tier:page-fast", false)).toContain("this is the SLO without an alert");
  expect(said(null, true)).toBe("");
});
