import { describe, expect, test } from "vitest";
import { momentPieces } from "#lib/format/moments.ts";

const AT = Date.UTC(2026, 6, 4, 16, 20);

describe("a sentence is cut at the moments that it spells in UTC", () => {
  test.each([
    ["It lifts on 4 Jul, 16:20 UTC if nothing fails.", "absolute"],
    ["No data since 2026-07-04 16:20 UTC: held.", "absolute"],
    ["No data since 16:20 UTC: held.", "clock"],
  ] as const)("%s", (text, show) => {
    const pieces = momentPieces(text, [AT]);
    expect(pieces[1]).toEqual({ at: AT, show });
    expect(pieces.filter((piece) => typeof piece === "string").join("")).not.toMatch(/UTC|16:20/);
  });

  test("but not at others", () => {
    const text = "It lifts on 5 Jul, 16:21 UTC.";
    expect(momentPieces(text, [AT])).toEqual([text]);
    expect(momentPieces(text, [])).toEqual([text]);
  });
});
