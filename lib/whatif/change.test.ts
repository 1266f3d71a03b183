import { describe, expect, test } from "vitest";
import { sloOf } from "#lib/slo/testing.ts";
import { calendarWindow } from "#lib/spec/calendar.ts";
import { DAY } from "#lib/time/duration.ts";
import { type ChangeFields, readChange } from "#lib/whatif/change.ts";

const present = sloOf();
const NOTHING: ChangeFields = { objective: null, window: null, thresholds: null };
const read = (fields: Partial<ChangeFields>, slo = present) =>
  readChange(slo, { ...NOTHING, ...fields });

describe("a change", () => {
  test("of nothing is the present definition", () => {
    expect(read({})).toEqual({ definition: present, mistakes: {} });
    expect(read({ objective: " ", window: "", thresholds: "" }).definition).toEqual(present);
  });

  test.each([
    ["0.9995", 0.9995],
    ["99.95", 0.9995],
    ["99.95%", 0.9995],
    [" 99.95 % ", 0.9995],
    ["0.5", 0.5],
  ])("of the objective to %s is %d", (objective, share) => {
    expect(read({ objective })).toMatchObject({ definition: { objective: share }, mistakes: {} });
  });

  test.each([
    ["28d", { kind: "rolling", ms: 28 * DAY, label: "28d" }],
    ["1w", { kind: "rolling", ms: 7 * DAY, label: "1w" }],
    ["month", { kind: "calendar", unit: "month", count: 1, zone: "UTC" }],
    ["2 weeks", { kind: "calendar", unit: "week", count: 2, zone: "UTC" }],
  ])("of the window to %s is read", (window, expected) => {
    expect(read({ window }).definition?.window).toMatchObject(expected);
  });

  test("to a calendar window stays in the zone of the present one", () => {
    const zone = "Europe/Berlin";
    const startsAt = "2026-01-05T06:00:00";
    const window = calendarWindow({ unit: "week", count: 2, zone, startsAt });
    const slo = sloOf({ window });
    expect(read({ window: "month" }, slo).definition?.window).toMatchObject({
      zone,
      unit: "month",
    });
    expect(read({ window: "2 weeks" }, slo).definition?.window).toBe(window);
  });

  test.each([["0.4, 0.8"], ["40 %,80%"], [" 0.4;0.8 "]])(
    "of thresholds to %s keeps the steps",
    (thresholds) => {
      const { definition } = read({ thresholds });
      expect(definition?.policy).toEqual([
        { ...present.policy[0], threshold: 0.4 },
        { ...present.policy[1], threshold: 0.8 },
      ]);
    },
  );
});

describe("what cannot be read", () => {
  test.each([
    ["objective", "1", /no error budget to spend/],
    ["objective", "100", /no error budget to spend/],
    ["objective", "100%", /no error budget to spend/],
    ["objective", "0", /between 0 and 1/],
    ["objective", "-0.5", /between 0 and 1/],
    ["objective", "0.99x", /must be a number/i],
    ["objective", "Infinity", /finite|between/],
    ["objective", "1e999", /finite|between/],
    ["window", "28", /write 28d/],
    ["window", "5m", /from 1d to 400d/],
    ["window", "500d", /from 1d to 400d/],
    ["window", "28 days", /write 28d/],
    ["window", "fortnight", /week, month, quarter or year/],
    ["window", "2 years", /at most 1 year/],
    ["window", "0 months", /at least 1/],
    ["thresholds", "0.5", /2 shares of the budget.*such as 0.5, 1/],
    ["thresholds", "0.5,", /number|empty/i],
    ["thresholds", "1, 0.5", /go up/],
    ["thresholds", "0.5, 0.5", /go up/],
    ["thresholds", "50, 100", /write 0.5/],
    ["thresholds", "0.5, x", /must be a number/i],
    ["thresholds", "0, 1", /above 0/],
  ] as const)("%s “%s” is told at the field", (field, text, words) => {
    const { definition, mistakes } = read({ [field]: text });
    expect(definition).toBeNull();
    expect(Object.keys(mistakes)).toEqual([field]);
    expect(mistakes[field]).toMatch(words);
    expect(mistakes[field]).toMatch(/^[A-Z“].*\.$/);
  });

  test("is told of every field at once", () => {
    const { mistakes } = read({ objective: "2x", window: "x", thresholds: "x" });
    expect(Object.keys(mistakes)).toEqual(["objective", "window", "thresholds"]);
  });
});
