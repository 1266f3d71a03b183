import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quarterOf, quarterSpan, quartersThrough } from "#lib/time/quarter.ts";

describe("a calendar quarter", () => {
  test.each([
    [Date.UTC(2026, 9, 1), "2026-Q4"],
    [Date.UTC(2026, 9, 1) - 1, "2026-Q3"],
    [Date.UTC(2026, 0, 1), "2026-Q1"],
    [Date.UTC(2024, 1, 29, 12), "2024-Q1"],
  ])("of %d is %s", (at, quarter) => {
    expect(quarterOf(at)).toBe(quarter);
  });

  test.each(["", "2026", "2026-Q5", "2026-Q0", "26-Q1", "2026-q1", "2026-Q4 "])(
    "%j is none",
    (text) => {
      expect(quarterSpan(text)).toBeNull();
      expect(quartersThrough(text, 3)).toEqual([]);
    },
  );

  test("holds every moment that it is named after, and no other", () => {
    const at = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2090, 0) });
    fc.assert(
      fc.property(at, (moment) => {
        const span = quarterSpan(quarterOf(moment));
        expect(span && span.from <= moment && moment < span.to).toBe(true);
      }),
    );
  });

  test("those before it go back over the turn of the year", () => {
    expect(quartersThrough("2026-Q2", 4)).toEqual(["2026-Q2", "2026-Q1", "2025-Q4", "2025-Q3"]);
  });
});
