import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeliveryFacts } from "#lib/dora/delivery.ts";
import { histogram } from "#lib/dora/distribution.ts";
import { doraReport } from "#lib/dora/report.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import {
  ALL_KNOWN,
  at,
  brought,
  delivery,
  deployed,
  incident,
  knowing,
  pull,
  START,
  scope,
} from "#lib/dora/testing.ts";
import { trend } from "#lib/dora/trend.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const report = (facts: Partial<DeliveryFacts>, parts: Partial<ReportScope> = {}, days = 30) =>
  doraReport(delivery(facts), scope(days, parts));

describe("a range", () => {
  test("holds what finished at its start, and not what finished at its end", () => {
    const records = [deployed("a", 0), deployed("b", 24), deployed("c", -0.001)];
    expect(report({ records }, {}, 1).metrics.deploymentFrequency.rows).toEqual(["a"]);
  });

  test("counts only the days that have been", () => {
    const records = [deployed("a", 1), deployed("b", 30)];
    const metric = report({ records }, { now: START + 2 * DAY }).metrics.deploymentFrequency;
    expect(metric.perDay).toBe(1);
  });

  test("the version before may lie before it", () => {
    const facts = {
      records: [deployed("a", -48), deployed("b", 5)],
      changes: [pull(1, { from: -20, to: 1 })],
      shipped: [brought("b", "a", ["merge-of-1"])],
    };
    expect(report(facts).metrics.leadTime.value).toBe(25 * HOUR);
  });
});

describe("weeks", () => {
  test("count local days, and partial weeks are never averaged in", () => {
    // Monday 2026-01-05 is 96 h after START. Two on one local day, one late in the evening UTC.
    const records = [97, 100, 143.5, 170, 24 * 27].map((h, i) => deployed(`d${i}`, h));
    const { rhythm } = report({ records }, {}, 28);
    expect(
      rhythm.weeks.map(({ deployDays, deployments, complete }) => [
        deployDays,
        deployments,
        complete,
      ]),
    ).toEqual([
      [0, 0, false],
      [3, 4, true],
      [0, 0, true],
      [0, 0, true],
      [1, 1, false],
    ]);
    expect(rhythm.medianDeployDaysPerWeek).toBe(0);
    // In Apia, 13 h ahead, they are other days: the first two part with midnight between them.
    const apia = report({ records: records.slice(0, 2) }, { zone: "Pacific/Apia" }, 28).rhythm;
    expect(apia.weeks.reduce((sum, { deployDays }) => sum + deployDays, 0)).toBe(1);
  });

  test("begin with Monday's first moment", () => {
    const { rhythm } = report({ records: [deployed("a", 96)] }, {}, 28);
    expect(rhythm.weeks.map(({ deployments }) => deployments)).toEqual([0, 1, 0, 0, 0]);
  });

  test.each([
    ["daily", 1, 90],
    ["daily", 2.3, 90],
    ["weekly", 3, 90],
    ["weekly", 6.9, 90],
    ["weekly", 12, 90],
    ["monthly", 16, 90],
    ["less", 80, 180],
  ])("%s: one deployment in %d days", (cadence, every, days) => {
    const n = Math.floor(days / every);
    const records = Array.from({ length: n }, (_, i) => deployed(`d${i}`, (i + 0.5) * every * 24));
    expect(report({ records }, {}, days).rhythm.cadence).toBe(cadence);
  });

  test("too short a range has no cadence", () => {
    expect(report({ records: [deployed("a", 1)] }, {}, 5).rhythm).toMatchObject({
      cadence: null,
      medianDeployDaysPerWeek: null,
    });
  });
});

describe("absence is told, never 0 and never good", () => {
  const one = { records: [deployed("d1", 10)] };

  test("without a source of incidents the failure rate is not known", () => {
    const { metrics, incidents } = report(one, {
      knowledge: knowing({ incidents: "no-source" }),
    });
    expect(metrics.changeFailureRate).toMatchObject({ value: null, reason: "no-incident-source" });
    expect(metrics.recoveryTime).toMatchObject({ value: null, reason: "no-incident-source" });
    expect(metrics.reworkRate.flags).toContain("no-incident-source");
    expect(incidents.mttrAllIncidents).toMatchObject({ value: null, reason: "no-incident-source" });
  });

  test.each<[string, ReportScope["knowledge"], Record<string, string | undefined>]>([
    [
      "nothing read",
      knowing({ deployments: null, changes: null, incidents: null }),
      {
        deploymentFrequency: "not-synced",
        leadTime: "not-synced",
        changeFailureRate: "not-synced",
      },
    ],
    [
      "deployments of later only",
      knowing({ deployments: { from: START + 40 * DAY, through: START + 90 * DAY } }),
      { deploymentFrequency: "not-synced", leadTime: "not-synced", reworkRate: "not-synced" },
    ],
    [
      "all read, none there",
      ALL_KNOWN,
      { deploymentFrequency: undefined, leadTime: "no-deployments", reworkRate: "no-deployments" },
    ],
  ])("%s", (_, knowledge, reasons) => {
    const { metrics } = report({}, { knowledge });
    for (const [name, reason] of Object.entries(reasons)) {
      expect({
        name,
        reason: Object.entries(metrics).find(([n]) => n === name)?.[1].reason,
      }).toEqual({
        name,
        reason,
      });
    }
  });

  test("deployments whose commits or incidents are still to be read", () => {
    const two = { records: [deployed("d1", 10), deployed("d2", 20)] };
    const { metrics } = report(two, { knowledge: knowing({ changes: null, incidents: null }) });
    expect(metrics.leadTime).toMatchObject({ value: null, reason: "not-synced" });
    expect(metrics.changeFailureRate).toMatchObject({ value: null, reason: "not-synced" });
    expect(report(two).metrics.leadTime).toMatchObject({ value: null, reason: "not-synced" });
  });

  test("a part of the range is flagged", () => {
    const { metrics } = report(one, {
      knowledge: knowing({ deployments: { from: START + 1, through: START + 90 * DAY } }),
    });
    expect(metrics.deploymentFrequency.flags).toContain("partly-synced");
  });

  test("no failure at all has no recovery time, and says so", () => {
    expect(report(one).metrics.recoveryTime).toMatchObject({ value: null, flags: ["no-failures"] });
    expect(report(one).metrics.recoveryTime.reason).toBeUndefined();
  });
});

describe("recovery", () => {
  const burn = (to: number | null) => ({
    service: "shop",
    slo: "availability",
    tier: "page-fast",
    startedAt: at(10.5),
    endedAt: to === null ? null : at(to),
  });
  const records = [
    deployed("d0", 5, { sha: "x" }),
    deployed("d1", 10),
    deployed("d2", 14, { sha: "x" }),
  ];

  test.each<[string, Partial<DeliveryFacts>, number, boolean]>([
    [
      "incident resolved",
      { incidents: [incident("i", { from: 11, to: 13 })], burnAlerts: [burn(20)] },
      3,
      false,
    ],
    [
      "the last of its incidents",
      { incidents: [incident("i", { from: 11, to: 13 }), incident("j", { from: 11, to: 12 })] },
      3,
      false,
    ],
    [
      "one of its incidents is open",
      { incidents: [incident("i", { from: 11, to: 13 }), incident("j", { from: 11, to: null })] },
      710,
      true,
    ],
    ["else the burn alert cleared", { burnAlerts: [burn(11)] }, 1, false],
    ["the burn alert still fires", { burnAlerts: [burn(null)] }, 710, true],
    ["else the remediating deployment finished", {}, 4, false],
  ])("%s", (_, facts, hours, open) => {
    const { recoveryTime } = report({ records, ...facts }).metrics;
    expect(recoveryTime).toMatchObject({ n: 1, rows: ["d1"], value: hours * HOUR });
    expect(recoveryTime.flags.includes("at-least")).toBe(open);
  });

  test("what was restored before it was deployed is listed, never negative", () => {
    const links = [{ method: "hand" as const, deploymentId: "d1" }];
    const { recoveryTime } = report({
      records: records.slice(0, 2),
      incidents: [incident("i", { from: 2, to: 3 }, { links })],
    }).metrics;
    expect(recoveryTime).toMatchObject({ value: null, n: 0 });
    expect(recoveryTime.excluded).toMatchObject([{ reason: "restored-before-deployed", id: "d1" }]);
  });

  test("of all incidents is another number, and so is the time to detect", () => {
    const found = { detectedAt: at(11) + 10 * MINUTE };
    const { incidents, metrics } = report({
      records,
      incidents: [
        incident("i", { from: 11, to: 13 }, found),
        incident("j", { from: 200, to: 204 }, { detectedAt: null }),
        incident("k", { from: 300, to: 299 }, { detectedAt: at(299) }),
      ],
    });
    expect(incidents).toMatchObject({ n: 3, unattributed: 2 });
    expect(incidents.mttrAllIncidents).toMatchObject({ value: 3 * HOUR, n: 2 });
    expect(incidents.mttrAllIncidents.excluded).toMatchObject([
      { reason: "times-disordered", id: "k" },
    ]);
    expect(incidents.timeToDetect).toMatchObject({ value: 10 * MINUTE, n: 1 });
    expect(incidents.timeToDetect.excluded).toMatchObject([
      { reason: "not-detected", id: "j" },
      { reason: "times-disordered", id: "k" },
    ]);
    expect(metrics.recoveryTime.value).toBe(3 * HOUR);
  });
});

test("1 failure of 6 is 3 to 56 %, flagged as too few; from 10 on it is not", () => {
  const six = Array.from({ length: 6 }, (_, i) => deployed(`d${i}`, i * 48));
  const incidents = [incident("i", { from: 1, to: 2 })];
  const { changeFailureRate: rate } = report({ records: six, incidents }).metrics;
  expect(rate).toMatchObject({ flags: ["too-few"], rows: ["d0"] });
  expect(
    [rate.value, rate.interval?.low, rate.interval?.high].map((v) => Math.round(100 * (v ?? 0))),
  ).toEqual([17, 3, 56]);
  const ten = Array.from({ length: 10 }, (_, i) => deployed(`d${i}`, i * 48));
  expect(report({ records: ten, incidents }).metrics.changeFailureRate.flags).toEqual([]);
});

test.each([
  [["deployment"], "high"],
  [["api", "release"], "medium"],
  [["merge", "tag"], "low"],
] as const)("numbers from %j have %s confidence", (sources, confidence) => {
  const records = sources.map((source, i) => deployed(`d${i}`, i, { source }));
  const { source } = report({ records }).metrics.deploymentFrequency;
  expect(source.confidence).toBe(confidence);
  expect(source.names).toHaveLength(sources.length);
});

describe("several services", () => {
  const records = [
    deployed("a", 1),
    deployed("b", 2, { service: "search" }),
    deployed("c", 3, { service: "search" }),
  ];

  test("each for itself, and all in one pot that says so", () => {
    const all = delivery({ records });
    const frequencyOf = (...services: string[]) =>
      doraReport(all, scope(30), new Set(services)).metrics.deploymentFrequency;
    expect(doraReport(all, scope(30)).metrics.deploymentFrequency).toMatchObject({ value: 3 });
    expect(frequencyOf("shop", "search", "mail").flags).toEqual(["pooled"]);
    expect(frequencyOf("shop").value).toBe(1);
    expect(frequencyOf("mail").value).toBe(0);
    expect(frequencyOf("search")).toMatchObject({ value: 2, flags: [] });
  });

  test("an incident of one is not blamed on another", () => {
    const incidents = [incident("i", { from: 4, to: 5 }, { service: "mail" })];
    expect(delivery({ records, incidents }).attributions.get("i")?.method).toBe("unattributed");
  });
});

test("a trend has the value of each of its months, the present one marked as unfinished", () => {
  const records = [0, 40, 41, 70].map((day) => deployed(`d${day}`, day * 24));
  const { zone, knowledge } = scope(1);
  const months = trend(delivery({ records }), {
    ...{ zone, knowledge, now: Date.UTC(2026, 2, 20), month: "2026-03", months: 4, services: null },
  });
  expect(
    months.map(({ month, complete, metrics }) => [
      month,
      complete,
      metrics.deploymentFrequency.value,
    ]),
  ).toEqual([
    ["2025-12", true, 0],
    ["2026-01", true, 1],
    ["2026-02", true, 2],
    ["2026-03", false, 1],
  ]);
});

describe("histogram", () => {
  test("an edge belongs to the bar that it begins, the last bar has no end", () => {
    const bars = histogram([0, HOUR, HOUR - 1, 400 * DAY]);
    expect(bars[0]).toEqual({ fromMs: 0, toMs: HOUR, n: 2 });
    expect(bars[1]?.n).toBe(1);
    expect(bars.at(-1)).toEqual({ fromMs: 90 * DAY, toMs: null, n: 1 });
  });

  test("every duration is in exactly one bar", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200 * DAY)), (list) => {
        expect(histogram(list).reduce((sum, { n }) => sum + n, 0)).toBe(list.length);
      }),
    );
  });
});
