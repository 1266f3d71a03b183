import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binStep, PRESETS, readMoment, readRange, readTime, writeTime } from "#lib/charts/range.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const end = Date.UTC(2026, 10, 20, 10, 41);
const known = { end, windowMs: 30 * DAY };
const ask = (parts: { range?: string; from?: string; to?: string }) => ({
  range: parts.range ?? null,
  from: parts.from ?? null,
  to: parts.to ?? null,
});

describe("the range of a URL", () => {
  test("is the SLO's own window when the URL says nothing", () => {
    const { range, problem } = readRange(ask({}), known);
    expect(range).toEqual({ preset: "window", from: end - 30 * DAY, to: end });
    expect(problem).toBeNull();
  });

  test.each([
    ["1h", HOUR],
    ["6h", 6 * HOUR],
    ["1d", DAY],
    ["3d", 3 * DAY],
    ["7d", 7 * DAY],
    ["30d", 30 * DAY],
  ])("of preset %s ends with the data", (range, ms) => {
    expect(readRange(ask({ range }), known).range).toMatchObject({ from: end - ms, to: end });
  });

  test("may be given by two times", () => {
    const { range, problem } = readRange(
      ask({ from: "2026-11-18T12:00Z", to: "2026-11-18T16:00:00+01:00" }),
      known,
    );
    expect(problem).toBeNull();
    expect(range).toEqual({
      preset: null,
      from: Date.UTC(2026, 10, 18, 12),
      to: Date.UTC(2026, 10, 18, 15),
    });
  });

  test("that ends after the newest data ends with it", () => {
    const { range } = readRange(ask({ from: "2026-11-18T12:00Z", to: "2027-01-01T00:00Z" }), known);
    expect(range.to).toBe(end);
  });

  test.each([
    ["an unknown preset", { range: "2w" }, "There is no range “2w”"],
    ["a time without a zone", { from: "2026-11-18T12:00" }, "must be times such as"],
    ["a day that does not exist", { from: "2026-13-40T12:00Z" }, "must be times such as"],
    [
      "an end before its start",
      { from: "2026-11-18T12:00Z", to: "2026-11-18T11:00Z" },
      "at least 5 minutes",
    ],
    ["a start in the future", { from: "2027-11-18T12:00Z" }, "at least 5 minutes"],
    ["a start before all history", { from: "2020-11-18T12:00Z" }, "400 days"],
  ])("falls back to the window for %s and says why", (_, parts, words) => {
    const { range, problem } = readRange(ask(parts), known);
    expect(range.preset).toBe("window");
    expect(problem).toContain(words);
  });

  test("lists its presets when it does not know one", () => {
    for (const preset of PRESETS) {
      expect(readRange(ask({ range: "x" }), known).problem).toContain(preset);
    }
  });
});

test("times of a URL read back as the minute that was written", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
      expect(readTime(writeTime(ms))).toBe(Math.floor(ms / MINUTE) * MINUTE);
    }),
  );
});

describe("the length of a bin", () => {
  test("keeps within the number of bins that was allowed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: MINUTE, max: 400 * DAY }),
        fc.integer({ min: 1, max: 480 }),
        (span, most) => {
          expect(span / binStep(span, most)).toBeLessThanOrEqual(most);
        },
      ),
    );
  });

  test.each([
    [HOUR, MINUTE],
    [DAY, 5 * MINUTE],
    [7 * DAY, 30 * MINUTE],
    [30 * DAY, 2 * HOUR],
  ])("for %i ms is %i ms", (span, step) => {
    expect(binStep(span, 480)).toBe(step);
  });
});

describe("the moment of a URL", () => {
  test.each([
    [null, null, null],
    ["2026-11-20T10:00Z", Date.UTC(2026, 10, 20, 10), null],
    ["tomorrow", null, "must be a time"],
    ["2026-11-21T10:00Z", null, "in the future"],
  ])("%j", (text, at, problem) => {
    const read = readMoment(text, end);
    expect(read.at).toBe(at);
    if (problem === null) expect(read.problem).toBeNull();
    else expect(read.problem).toContain(problem);
  });
});
