import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ceilMinute,
  DAY,
  floorMinute,
  formatDuration,
  HOUR,
  MINUTE,
  parseDuration,
} from "#lib/time/duration.ts";

describe("parseDuration", () => {
  test.each([
    ["30d", 30 * DAY],
    ["1h30m", 90 * MINUTE],
    ["5m", 5 * MINUTE],
    ["5ms", 5],
    ["1s500ms", 1500],
    ["1w", 7 * DAY],
    ["1y", 365 * DAY],
    ["0d", 0],
  ])("reads %s", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(["", "30", "d", "1.5h", "-1d", "30 d", "1m1h", "1h1h", "1month", "1M", "99999999999y"])(
    "refuses %j",
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  test("reads back what formatDuration writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * DAY }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });
});

describe("formatDuration", () => {
  test.each([
    [30 * DAY, "30d"],
    [7 * DAY, "7d"],
    [DAY, "1d"],
    [90 * MINUTE, "1h30m"],
    [HOUR, "1h"],
    [1500, "1s500ms"],
    [0, "0s"],
    [-5, "0s"],
  ])("writes %d ms as %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

test("whole minutes stay, others go down or up to the next one", () => {
  expect([floorMinute(60_000), floorMinute(119_999)]).toEqual([60_000, 60_000]);
  expect([ceilMinute(60_000), ceilMinute(60_001)]).toEqual([60_000, 120_000]);
});
