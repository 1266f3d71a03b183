import { describe, expect, test } from "vitest";
import { headFor } from "#components/slo/detail/testing.ts";
import { type Piece, verdictOf } from "#components/slo/detail/verdict.ts";

const FROZEN = {
  state: "exhausted",
  policyState: "Feature freeze",
  recoversAt: "2026-12-03T13:00:00.000Z",
} as const;

/** The words, with times as ISO minutes. */
function words(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) =>
      "text" in piece ? piece.text : new Date(piece.time).toISOString().slice(0, 16),
    )
    .join("")
    .trim();
}

describe("a verdict", () => {
  test("of a healthy SLO is its reason alone", () => {
    const head = headFor({}, { reason: "12 % of the budget is spent." });
    expect(words(verdictOf(head))).toBe("12 % of the budget is spent.");
  });

  test("of a frozen one says since when, what the policy asks, and when it lifts", () => {
    const head = headFor(
      FROZEN,
      {
        reason: "126 % of the budget is spent.",
        blocks: true,
        liftsAt: "2026-12-03T14:20:00.000Z",
      },
      { policySince: Date.UTC(2026, 10, 18, 14, 2) },
    );
    expect(words(verdictOf(head))).toBe(
      "Feature freeze since 2026-11-18T14:02. The policy asks: all hands on reliability. Deployments are blocked, but not fixes: P0 and security, with --change p0. 126 % of the budget is spent. " +
        "If nothing fails from now on, the budget is above zero again on 2026-12-03T13:00 and the block lifts on 2026-12-03T14:20.",
    );
  });

  test("does not take the first record of a state for its beginning, where the budget was spent before", () => {
    const began = Date.UTC(2026, 10, 21, 19, 46);
    const text = (exhaustedSince: string) =>
      words(
        verdictOf(
          headFor({ ...FROZEN, exhaustedSince }, {}, { policySince: began, recordedSince: began }),
        ),
      );
    expect(text("2026-11-18T15:11:00.000Z")).toContain(
      "Feature freeze, recorded since 2026-11-21T19:46.",
    );
    expect(text("2026-11-21T19:46:00.000Z")).toContain("Feature freeze since 2026-11-21T19:46.");
  });

  test("says that a held state stays while the numbers are unknown", () => {
    const head = headFor(
      { ...FROZEN, state: "unknown", held: true, recoversAt: null },
      { blocks: true },
    );
    const text = words(verdictOf(head));
    expect(text).toContain("Feature freeze (held).");
    expect(text).toContain("stays what it was until the numbers are known again");
  });

  test("of an aspirational SLO says that it blocks nothing", () => {
    const head = headFor(FROZEN, { enforced: false, blocks: false });
    const text = words(verdictOf(head));
    expect(text).toContain("The policy would ask: all hands on reliability. ");
    expect(text).toContain("It asks for nothing and blocks nothing: this SLO is aspirational.");
    expect(text).not.toContain("The policy asks");
    const mild = headFor({ policyState: "Reliability review" }, { enforced: false });
    expect(words(verdictOf(mild))).toContain("this SLO is aspirational");
  });

  test("of a block says which fixes go through, and how", () => {
    const text = (blocks: boolean) => words(verdictOf(headFor(FROZEN, { blocks })));
    expect(text(true)).toContain("but not fixes: P0 and security, with --change p0.");
    expect(text(false)).not.toContain("--change");
  });

  test("spells the moments of its reason in the zone of the page, not in UTC", () => {
    const watermark = "2026-11-15T08:00:00.000Z";
    const head = headFor(
      { state: "unknown", watermark },
      { reason: "No data since 08:00 UTC: held." },
    );
    expect(verdictOf(head)).toContainEqual({ time: Date.parse(watermark), show: "clock" });
    expect(words(verdictOf(head))).not.toContain("UTC");
  });

  test("of a retired one is what was true last, without a future", () => {
    const head = headFor(
      { asOf: "2026-11-15T08:00:00.000Z", exhaustsAt: "2026-11-23T01:01:00.000Z" },
      { reason: "21 % of the budget is spent." },
      { retiredAt: Date.UTC(2026, 10, 15, 8, 1) },
    );
    expect(words(verdictOf(head))).toBe(
      "Retired since 2026-11-15T08:01. When it was last evaluated, 2026-11-15T08:00: 21 % of the budget is spent.",
    );
  });

  test("names the time at which the budget runs out", () => {
    const head = headFor({ state: "at-risk", exhaustsAt: "2026-11-23T01:01:00.000Z" });
    expect(words(verdictOf(head))).toContain("runs out on 2026-11-23T01:01.");
  });

  test("says by which pace it tells that", () => {
    const soon = { state: "at-risk", exhaustsAt: "2026-11-23T01:01:00.000Z" } as const;
    const text = (paceOver?: string) =>
      words(verdictOf(headFor(soon, paceOver ? { paceOver } : {})));
    expect(text()).toContain("At the pace of the last 6 h the budget runs out");
    expect(text("1h")).toContain("At the pace of the last hour the budget runs out");
  });
});

describe("without a first evaluation the verdict says what is waited for", () => {
  const source = {
    name: "main",
    state: "ok",
    error: null,
    errorSince: null,
    lastSuccessAt: null,
    queryError: null,
    backfill: 0,
  } as const;

  test.each([
    ["the backfill", {}, "The first backfill is running"],
    ["a source that fails", { state: "failed", error: "connection refused" }, "connection refused"],
    ["a refused query", { queryError: "unknown function" }, "refuses the query: unknown function"],
  ] as const)("%s", (_, parts, expected) => {
    const head = { ...headFor(), status: null, detail: null, source: { ...source, ...parts } };
    expect(words(verdictOf(head))).toContain(expected);
  });
});
