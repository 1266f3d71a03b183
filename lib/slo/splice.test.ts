import { describe, expect, test } from "vitest";
import { splice } from "#lib/slo/splice.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { MINUTE } from "#lib/time/duration.ts";

const row = (minute: number, total: number, covered: number): TotalsRow => ({
  at: minute * MINUTE,
  good: total,
  total,
  covered,
});
const bucket = (minute: number, total: number) => row(minute, total, 1);
const span = (from: number, to: number, buckets: TotalsRow[] = []) => ({
  from: from * MINUTE,
  to: to * MINUTE,
  buckets,
});
const NONE = { before: null, inside: [], after: null };

describe("splice", () => {
  test("the first fact begins with a row of nothing at its start", () => {
    expect(splice(span(0, 2, [bucket(1, 5), bucket(2, 7)]), NONE)).toEqual({
      put: [row(0, 0, 0), row(1, 5, 1), row(2, 12, 2)],
      drop: [],
      shift: null,
    });
  });

  test("the next minute goes on from the row before it", () => {
    const stored = { before: row(2, 12, 2), inside: [], after: null };
    expect(splice(span(2, 3, [bucket(3, 1)]), stored).put).toEqual([row(3, 13, 3)]);
  });

  test("older history counts down from the first row, which stays", () => {
    const stored = { before: null, inside: [], after: row(9, 0, 0) };
    const { put, shift } = splice(span(0, 2, [bucket(1, 5), bucket(2, 7)]), stored);
    expect(put).toEqual([row(0, -12, -2), row(1, -7, -1), row(2, 0, 0)]);
    expect(shift).toBeNull();
  });

  test("a gap that is filled moves everything after it", () => {
    const stored = { before: row(2, 12, 2), inside: [], after: row(5, 20, 3) };
    expect(splice(span(2, 4, [bucket(3, 1), bucket(4, 1)]), stored)).toMatchObject({
      put: [row(3, 13, 3), row(4, 14, 4)],
      shift: { good: 2, total: 2, covered: 2 },
    });
  });

  test("what is as it was is not written again", () => {
    const stored = { before: row(2, 12, 2), inside: [row(3, 13, 3)], after: row(4, 20, 4) };
    const again = splice(span(2, 3, [bucket(3, 1)]), stored);
    expect(again).toEqual({ put: [], drop: [], shift: null });
  });

  test("a minute that is taken back goes, with its counts", () => {
    const stored = { before: row(2, 12, 2), inside: [row(3, 13, 3)], after: row(4, 20, 4) };
    expect(splice(span(2, 3), stored)).toEqual({
      put: [],
      drop: [3 * MINUTE],
      shift: { good: -1, total: -1, covered: -1 },
    });
  });

  test.each([
    ["its start", 7, 15],
    ["its end", 0, 7],
    ["both", 6, 8],
  ])("a thinned interval that the span cuts at %s stays as it is", (_, from, to) => {
    const stored = [row(0, 0, 0), row(5, 50, 5), row(10, 100, 10), row(15, 150, 15)];
    const around = {
      before: stored.findLast(({ at }) => at <= from * MINUTE) ?? null,
      inside: stored.filter(({ at }) => at > from * MINUTE && at <= to * MINUTE),
      after: stored.find(({ at }) => at > to * MINUTE) ?? null,
    };
    const { put, drop } = splice(span(from, to), around);
    expect(put).toEqual([]);
    expect(drop).not.toContain(10 * MINUTE);
  });
});
