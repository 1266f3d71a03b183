import { describe, expect, test } from "vitest";
import type { DeliveryFacts } from "#lib/dora/delivery.ts";
import { doraReport } from "#lib/dora/report.ts";
import { at, brought, delivery, deployed, incident, pull, scope } from "#lib/dora/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** The cases that delivery metrics are commonly computed wrongly for, each with its right answer. */

const metricsOf = (facts: Partial<DeliveryFacts>, days = 30) =>
  doraReport(delivery(facts), scope(days)).metrics;
const evenly = (n: number, days: number) =>
  Array.from({ length: n }, (_, i) => deployed(`d${i}`, ((i + 0.5) * days * 24) / n));

describe("deployment frequency", () => {
  test.each([
    [29, 0.97, 6.8],
    [59, 1.97, 13.8],
    [60, 2.0, 14.0],
  ])("%d deployments in 30 days are %d a day, %d a week", (n, perDay, perWeek) => {
    const { deploymentFrequency: frequency } = metricsOf({ records: evenly(n, 30) });
    expect(frequency).toMatchObject({ value: n, n, unit: "deployments", flags: [] });
    expect(frequency.perDay).toBeCloseTo(perDay, 2);
    expect(frequency.perWeek).toBeCloseTo(perWeek, 1);
  });
});

test("no deployment in 3 months: lead time and failure rate are null with the reason, not 0", () => {
  const metrics = metricsOf({}, 90);
  for (const name of ["leadTime", "changeFailureRate", "recoveryTime", "reworkRate"] as const) {
    expect(metrics[name]).toMatchObject({ value: null, reason: "no-deployments", n: 0 });
  }
  expect(metrics.deploymentFrequency).toMatchObject({ value: 0, perDay: 0 });
});

test("1 deployment and 2 incidents: the failure rate is 100 %", () => {
  const { changeFailureRate } = metricsOf({
    records: [deployed("d1", 10)],
    incidents: [incident("i1", { from: 11, to: 12 }), incident("i2", { from: 20, to: 21 })],
  });
  expect(changeFailureRate).toMatchObject({ value: 1, n: 1, flags: ["too-few"], rows: ["d1"] });
});

describe("lead time", () => {
  const before = [deployed("d0", 0)];
  const only = (change: ReturnType<typeof pull>, hours: number) =>
    metricsOf({
      records: [...before, deployed("d1", hours)],
      changes: [change],
      shipped: [brought("d1", "d0", change.mergeShas)],
    }).leadTime;

  test("a pull request open for 5 days, merged by its author without review, took 5 days or more", () => {
    const metric = only(pull(1, { from: 2, to: 122 }), 123);
    expect(metric.value).toBe(121 * HOUR);
    expect(metric.stages?.find(({ stage }) => stage === "review")?.n).toBe(0);
  });

  test("a rebase just before the merge does not shorten it: the author's date counts", () => {
    const rebased = pull(
      1,
      { from: 2, to: 100 },
      { mergeShas: ["r1", "r2"], readyAt: at(99), openedAt: at(99) },
    );
    expect(only(rebased, 101).value).toBe(99 * HOUR);
  });

  test("a squash of 4 commits counts from the first of them, wherever it stands in the list", () => {
    const commits = [30, 20, 10, 40].map((h, i) => ({ sha: `c${i}`, authoredAt: at(h) }));
    const squash = pull(1, { from: 45, to: 50, sha: "squash" }, { commits });
    expect(only(squash, 60).value).toBe(50 * HOUR);
  });

  test("the first deployment counts in the frequency, and its 3 years of history have no lead time", () => {
    const changes = [1, 2, 3].map((n) => pull(n, { from: -n * 8760, to: -n * 8000 }));
    const shas = changes.flatMap(({ mergeShas }) => mergeShas);
    const metrics = metricsOf({
      records: [deployed("d1", 10)],
      changes,
      shipped: [brought("d1", null, shas)],
    });
    expect(metrics.deploymentFrequency.value).toBe(1);
    expect(metrics.leadTime).toMatchObject({ value: null, reason: "first-deployment", n: 0 });
    expect(metrics.leadTime.excluded).toMatchObject([{ reason: "first-deployment", n: 3 }]);
  });
});

describe("what a deployment is", () => {
  const statuses = (...states: string[]) =>
    states.map((state, i) => ({ state, at: at(10) + i * MINUTE }));

  test("SUCCESS then INACTIVE is a success, finished at SUCCESS", () => {
    const { verdicts } = delivery({
      records: [
        deployed("d1", 10, { statuses: statuses("QUEUED", "SUCCESS", "INACTIVE").reverse() }),
      ],
    });
    expect(verdicts).toMatchObject([
      { failed: false, deployment: { finishedAt: at(10) + MINUTE, createdAt: at(10) } },
    ]);
  });

  test("FAILURE alone is not a deployment: neither counted nor failed, and shown apart", () => {
    const facts = { records: [deployed("d1", 10, { statuses: statuses("pending", "failure") })] };
    const report = doraReport(delivery(facts), scope(30));
    expect(report.metrics.deploymentFrequency).toMatchObject({
      value: 0,
      excluded: [{ reason: "never-succeeded", id: "d1" }],
    });
    expect(report.metrics.changeFailureRate).toMatchObject({ value: null });
    expect(report.pipeline).toEqual({ succeeded: 0, failed: 1 });
  });

  test("4 jobs of a matrix with one sha within 3 minutes are 1 deployment", () => {
    const records = [0, 1, 2, 3].map((i) => deployed(`d${i}`, 10 + i / 60, { sha: "one" }));
    const { deploymentFrequency: frequency } = metricsOf({ records });
    expect(frequency).toMatchObject({ value: 1, rows: ["d0"] });
    expect(frequency.excluded.map(({ reason }) => reason)).toEqual(
      Array(3).fill("same-deployment"),
    );
  });
});

test("an incident that is still open makes the recovery '>= x so far'", () => {
  const { recoveryTime } = metricsOf({
    records: [deployed("d1", 10)],
    incidents: [incident("i1", { from: 11, to: null })],
  });
  const soFar = 30 * DAY - 10 * HOUR;
  expect(recoveryTime).toMatchObject({
    value: soFar,
    flags: ["too-few", "at-least"],
    open: { n: 1, longestMs: soFar, atLeast: ["value", "p75", "p90"] },
  });
});
