import { describe, expect, test } from "vitest";
import { distributionWords } from "#components/dora/distribution-words.ts";
import { comparedText, detailText, valueText } from "#components/dora/figures.ts";
import { gapWords } from "#components/dora/gap-words.ts";
import { trendWords } from "#components/dora/trend-words.ts";
import { whyWords } from "#components/dora/why.ts";
import { windowWords } from "#components/dora/window-words.ts";
import { absenceWords, flagWords, levelWords } from "#components/dora/words.ts";
import { histogram } from "#lib/dora/distribution.ts";
import { levelOf } from "#lib/dora/level.ts";
import type { Metric } from "#lib/dora/metric.ts";
import { doraReport } from "#lib/dora/report.ts";
import { at, delivery, deployed, incident, knowing, scope } from "#lib/dora/testing.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

const metric = (parts: Partial<Metric>): Metric => ({
  ...{ value: null, flags: [], n: 0, unit: "ms", excluded: [], rows: [] },
  source: { names: [], confidence: null },
  ...parts,
});

describe("a number", () => {
  test.each([
    [metric({ value: 29, unit: "deployments" }), "29"],
    [metric({ value: 0, unit: "deployments" }), "0"],
    [metric({ value: 26 * HOUR }), "1 d 2 h"],
    [metric({ value: 26 * HOUR, flags: ["at-least"] }), "≥ 1 d 2 h"],
    [metric({ value: 1 / 6, unit: "ratio" }), "17 %"],
    [metric({ value: 0.004, unit: "ratio" }), "0.4 %"],
    [metric({ value: 0, unit: "ratio" }), "0 %"],
    [metric({ reason: "no-deployments" }), "n/a"],
  ])("%#: %s", (given, text) => expect(valueText(given)).toBe(text));

  test("says what is behind it, its interval and what is open", () => {
    const made = delivery({
      records: [deployed("d1", 10), deployed("d2", 40), deployed("d3", 70)],
      incidents: [incident("i1", { from: 11, to: null })],
    });
    const { changeFailureRate, recoveryTime } = doraReport(made, scope(30)).metrics;
    expect(detailText("changeFailureRate", changeFailureRate)).toEqual([
      "95 % interval 6 % to 79 %",
      "1 of 3 deployments",
    ]);
    expect(valueText(recoveryTime)).toBe("≥ 29 d 14 h");
    expect(detailText("recoveryTime", recoveryTime)).toEqual([
      "p75 ≥ 29 d 14 h, p90 ≥ 29 d 14 h",
      "over 1 failed deployment",
      "1 still open, the longest for 29 d 14 h so far",
    ]);
  });

  test("that is missing says why, whatever the cause", () => {
    const none = doraReport(delivery({}), scope(30)).metrics;
    expect(absenceWords(none.leadTime)).toBe("No deployment in this range.");
    expect(absenceWords(none.deploymentFrequency)).toBeNull();
    const fine = doraReport(delivery({ records: [deployed("d1", 9)] }), scope(30)).metrics;
    expect(absenceWords(fine.leadTime)).toMatch(/^The first deployment brings/);
    expect(absenceWords(fine.recoveryTime)).toBe("No deployment failed.");
    const blind = scope(30, { knowledge: knowing({ incidents: "no-source" }) });
    const unknown = doraReport(delivery({ records: [deployed("d1", 9)] }), blind).metrics;
    expect(absenceWords(unknown.changeFailureRate)).toMatch(/failures are not known/);
  });
});

describe("a comparison", () => {
  test.each([
    ["leadTime", 3 * HOUR, 2 * HOUR, "ms", "50 % longer"],
    ["leadTime", HOUR, 2 * HOUR, "ms", "50 % shorter"],
    ["deploymentFrequency", 12, 10, "deployments", "20 % more"],
    ["deploymentFrequency", 3, 0, "deployments", "up from none"],
    ["changeFailureRate", 0.25, 0.1, "ratio", "15 points up"],
    ["changeFailureRate", 0.1, 0.1, "ratio", "as before"],
    ["leadTime", null, 5, "ms", null],
    ["leadTime", 5, null, "ms", null],
  ] as const)("%s from %s beside %s %s: %s", (name, now, before, unit, text) => {
    const both = [metric({ value: now, unit }), metric({ value: before, unit })] as const;
    expect(comparedText(name, ...both)).toBe(text);
  });
});

describe("why lead time is what it is", () => {
  const stages = (waiting: number, review: number) => [
    { stage: "waiting" as const, byMs: waiting },
    { stage: "review" as const, byMs: review },
  ];
  test.each([
    [null, /nothing to compare with/],
    [{ byMs: 0, stages: stages(0, 0) }, /as in the period before/],
    [
      { byMs: 30 * HOUR, stages: stages(28 * HOUR, 2 * HOUR) },
      /^The mean lead time is 1 d 6 h longer than in the period before: waiting to deploy takes 1 d 4 h longer\.$/,
    ],
    [
      { byMs: 30 * HOUR, stages: stages(20 * HOUR, 10 * HOUR) },
      /waiting to deploy takes 20 h longer, review 10 h longer\.$/,
    ],
    [
      { byMs: -10 * HOUR, stages: stages(-12 * HOUR, 2 * HOUR) },
      /10 h shorter .*: waiting to deploy takes 12 h less\.$/,
    ],
  ])("%j", (change, words) => expect(whyWords(change)).toMatch(words));
});

test("a distribution says where most lie and what share is there within a week", () => {
  const bars = histogram([HOUR / 2, 2 * DAY, 3 * DAY, 30 * DAY]);
  expect(distributionWords(bars)).toBe(
    "Of 4 changes, 2 took 2 d–4 d; 75 % were in production within a week.",
  );
  expect(distributionWords(histogram([]))).toBe("No change has a lead time here.");
});

describe("what is missing", () => {
  const part = { kind: "deployments", state: "part", since: null, through: at(480) } as const;

  test("of a number is told with the time of which it is known, in its zone", () => {
    const known = { from: at(0), to: at(480) };
    expect(flagWords("partly-synced", { known, zone: "Asia/Tokyo" })).toBe(
      "known 2026-01-01 09:00 to 2026-01-21 09:00 only",
    );
    expect(flagWords("partly-synced", { zone: "UTC" })).toBe("not all read yet");
    expect(flagWords("no-failures", { known, zone: "UTC" })).toBeNull();
  });

  test("of a month of the trend is told beside its value", () => {
    const trend = [
      { month: "2026-01", value: 3, complete: true, partly: true },
      { month: "2026-02", value: 2, complete: true },
      { month: "2026-03", value: null, complete: false },
    ];
    const now = metric({ value: 2, unit: "ms" });
    expect(trendWords({ name: "deploymentFrequency", now, trend })).toBe(
      "Deployment frequency by month: 2026-01 3.0 per day as far as it is known, 2026-02 2.0 per day, 2026-03 n/a",
    );
  });

  test("of a range is told once for all services that it is missing of alike", () => {
    const gaps = ["a", "b", "c", "d", "e"].map((service) => ({ ...part, service }));
    const unread = { ...part, kind: "incidents", state: "unread", through: null } as const;
    expect(gapWords([...gaps, { ...unread, service: "$&" }], "UTC")).toEqual([
      "Deployments of a, b, c and 2 more are known up to 2026-01-21 00:00 only.",
      "Incidents of $& have not been read.",
    ]);
    expect(gapWords([{ ...part, service: "a", since: at(1) }], "UTC")).toEqual([
      "Deployments of a are known from 2026-01-01 01:00 up to 2026-01-21 00:00 only.",
    ]);
    expect(gapWords(gaps.slice(0, 2), "UTC")[0]).toMatch(/^Deployments of a and b are/);
  });
});

describe("a level", () => {
  const level = (value: number, deployments = 20, flags: Metric["flags"] = []) =>
    levelWords(
      levelOf("changeFailureRate", {
        metric: { value, flags },
        deployments,
        cadence: null,
        year: 2024,
      }),
    );
  test("names what was published, and the nearest where none holds the value", () => {
    expect(level(0.2)).toBe("high: 20 %");
    expect(level(0.11)).toBe("nearest to medium: 10 %");
  });
  test("is not given over several services or a part of a range, and says so", () => {
    expect(level(0.2, 20, ["pooled"])).toBe("no level of several services together (2024)");
    expect(level(0.2, 20, ["partly-synced"])).toBe(
      "no level while facts of the range are missing (2024)",
    );
  });
  test("is not given below 10 deployments or while a failure is open", () => {
    expect(level(0.2, 9)).toBe("no level below 10 deployments (2024)");
    expect(level(0.2, 20, ["at-least"])).toBe("no level while a failure is open (2024)");
  });
});

test.each([
  [{ from: at(0), to: at(31 * 24), zone: "UTC" }, "January 2026"],
  [{ from: at(0), to: at(24), zone: "UTC" }, "1 Jan 2026"],
  [{ from: at(-1), to: at(31 * 24 - 1), zone: "Europe/Berlin" }, "January 2026"],
  [{ from: at(24), to: at(31 * 24), zone: "UTC" }, "2 Jan 2026 to 31 Jan 2026"],
])("a range is named by its month or its days: %#", (window, words) => {
  expect(windowWords(window)).toBe(words);
});
