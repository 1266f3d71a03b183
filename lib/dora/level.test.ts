import { describe, expect, test } from "vitest";
import type { LevelMetric } from "#lib/dora/clusters.ts";
import type { Cadence } from "#lib/dora/frequency.ts";
import { type LevelInput, levelOf } from "#lib/dora/level.ts";
import type { Flag } from "#lib/dora/metric.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

function level(
  name: LevelMetric,
  value: number | null,
  year: number,
  parts: Partial<LevelInput> = {},
) {
  const metric = { value, flags: [] };
  return levelOf(name, { metric, deployments: 10, cadence: "weekly", year, ...parts });
}

function words(found: ReturnType<typeof levelOf>): string {
  return found.state === "level" ? [found.match, ...found.clusters].join(" ") : found.reason;
}

const WEEK = 7 * DAY;

describe("by the clusters as they were published", () => {
  test.each<[number, LevelMetric, number, string]>([
    [2021, "leadTime", HOUR / 2, "within elite"],
    [2021, "leadTime", 2 * HOUR, "nearest elite"],
    [2021, "leadTime", 20 * HOUR, "nearest high"],
    [2021, "leadTime", DAY, "within high"],
    [2021, "leadTime", 400 * DAY, "within low"],
    [2021, "recoveryTime", 5 * HOUR, "within high"],
    [2021, "changeFailureRate", 0.15, "within elite"],
    [2021, "changeFailureRate", 0.2, "within high medium low"],
    [2022, "leadTime", 2 * DAY, "within high"],
    [2022, "leadTime", HOUR, "nearest high"],
    [2022, "recoveryTime", 2 * WEEK, "within low"],
    [2022, "changeFailureRate", 0.5, "within low"],
    [2022, "changeFailureRate", 0.35, "nearest medium"],
    [2023, "leadTime", WEEK, "within medium low"],
    [2023, "recoveryTime", 60 * DAY, "within low"],
    [2023, "changeFailureRate", 0.11, "nearest high"],
    [2023, "changeFailureRate", 0.5, "nearest low"],
    [2024, "leadTime", 3 * DAY, "within high"],
    [2024, "recoveryTime", 2 * HOUR, "within high medium"],
    [2024, "recoveryTime", 2 * DAY, "nearest high medium"],
    [2024, "recoveryTime", 3 * DAY, "nearest low"],
    [2024, "changeFailureRate", 0.05, "within elite"],
    [2024, "changeFailureRate", 0, "nearest elite"],
    [2024, "changeFailureRate", 0.11, "nearest medium"],
    [2024, "changeFailureRate", 0.19, "nearest high"],
    [2024, "changeFailureRate", 0.15, "nearest high medium"],
    [2024, "changeFailureRate", 0.9, "nearest low"],
  ])("%d: %s of %d is %s", (year, name, value, expected) => {
    expect(words(level(name, value, year))).toBe(expected);
  });

  test("with what was published, the year and its source", () => {
    expect(level("changeFailureRate", 0.18, 2024)).toEqual({
      state: "level",
      year: 2024,
      source: "Accelerate State of DevOps 2024",
      clusters: ["high"],
      match: "nearest",
      published: "20 %",
    });
  });
});

describe("how often is placed by the usual rhythm, not by the rate alone", () => {
  const frequency = (year: number, cadence: Cadence | null, perDay: number, deployments = 9) =>
    levelOf("deploymentFrequency", {
      metric: { value: deployments, perDay, flags: [] },
      ...{ deployments, cadence, year },
    });
  test.each<[number, Cadence, number, string]>([
    [2021, "daily", 4, "within elite"],
    [2021, "daily", 0.5, "within elite"],
    [2021, "weekly", 0.9, "nearest elite"],
    [2021, "weekly", 0.2, "nearest high"],
    [2021, "monthly", 1 / 14, "within high"],
    [2022, "daily", 1, "within high"],
    [2022, "monthly", 1 / 20, "within medium"],
    [2023, "weekly", 0.2, "within high"],
    [2023, "monthly", 1 / 10, "within medium low"],
    [2024, "daily", 1, "within elite"],
    // A busy day or two: sixty deployments in a month that usually sees one a week.
    [2024, "weekly", 2, "within high"],
    [2024, "monthly", 2, "within medium"],
    [2024, "less", 1 / 60, "within low"],
    [2024, "less", 1, "within low"],
  ])("%d, %s at %d a day: %s", (year, cadence, perDay, expected) => {
    expect(words(frequency(year, cadence, perDay))).toBe(expected);
  });

  test("a range without a whole week or month has no rhythm and no level", () => {
    expect(words(frequency(2024, null, 3))).toBe("too-short");
  });

  test("no deployments for a month are no level, though 0 a day is a number", () => {
    expect(words(frequency(2024, "less", 0, 0))).toBe("no-value");
  });
});

const flagged = (flag: Flag) => ({ metric: { value: 0.2, flags: [flag] } });

test.each<[string, number | null, number, Partial<LevelInput>]>([
  ["no-value", null, 2024, {}],
  ["too-few", 0, 2024, { deployments: 9 }],
  ["not-published", 0.05, 2025, {}],
  ["not-published", 0.05, 2019, {}],
  ["still-open", 0.2, 2024, flagged("at-least")],
  ["partly-synced", 0.2, 2024, flagged("partly-synced")],
  ["pooled", 0.2, 2024, flagged("pooled")],
])("there is none: %s", (reason, value, year, parts) => {
  expect(level("changeFailureRate", value, year, parts)).toEqual({ state: "none", year, reason });
});
