import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findChange, indexChanges } from "#lib/dora/changes.ts";
import { DEFAULT_RULES, type DeliveryFacts } from "#lib/dora/delivery.ts";
import { commitChange } from "#lib/dora/posted.ts";
import { doraReport } from "#lib/dora/report.ts";
import { STAGES, stagesOf, type Way } from "#lib/dora/stages.ts";
import { at, brought, delivery, deployed, pull, scope } from "#lib/dora/testing.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const leadTimeOf = (facts: Partial<DeliveryFacts>, days = 120, rules = DEFAULT_RULES) =>
  doraReport(delivery(facts, rules), scope(days)).metrics.leadTime;
const two = [deployed("d0", 0), deployed("d1", 48)];
const one = pull(1, { from: 10, to: 20 });
const arrived = { records: two, changes: [one], shipped: [brought("d1", "d0", one.mergeShas)] };

describe("stages", () => {
  const change = {
    id: "pr:R#1",
    number: 1,
    openedAt: at(2),
    readyAt: at(3),
    firstReviewAt: at(5),
    mergedAt: at(9),
  };
  const way = { startedAt: at(0), change, createdAt: at(14), finishedAt: at(20) };
  const hoursOf = (parts: Partial<Way>) => {
    const stages = stagesOf({ ...way, ...parts });
    return STAGES.map((stage) => (stages[stage] === null ? null : stages[stage] / HOUR));
  };

  test.each<[string, Partial<Way>, (number | null)[]]>([
    ["all moments known", {}, [3, 2, 4, 5, 6]],
    [
      "never marked ready: opened counts",
      { change: { ...change, readyAt: null } },
      [2, 3, 4, 5, 6],
    ],
    [
      "no review: pickup takes its time",
      { change: { ...change, firstReviewAt: null } },
      [3, 6, null, 5, 6],
    ],
    ["a lone commit", { change: { ...change, number: null } }, [9, null, null, 5, 6]],
    ["no length of its own", { createdAt: at(20) }, [3, 2, 4, 11, null]],
    ["a review of the draft", { change: { ...change, firstReviewAt: at(1) } }, [3, 0, 6, 5, 6]],
    ["a review after the merge", { change: { ...change, firstReviewAt: at(12) } }, [3, 6, 0, 5, 6]],
    [
      "a commit that a pipeline names",
      { change: { ...change, id: "commit:shop:c", number: null, mergedAt: at(0) } },
      [14, null, null, null, 6],
    ],
    ["begun before the merge", { createdAt: at(7) }, [3, 2, 4, 0, 11]],
  ])("%s", (_, parts, expected) => {
    expect(hoursOf(parts)).toEqual(expected);
  });

  test("sum exactly to the lead time, whatever the moments are", () => {
    const time = fc.integer({ min: -1000, max: 100_000 });
    const moments = fc.record({
      id: fc.constantFrom("pr:R#1", "commit:shop:c"),
      number: fc.constantFrom(1, null),
      openedAt: fc.option(time),
      readyAt: fc.option(time),
      firstReviewAt: fc.option(time),
      mergedAt: time,
    });
    fc.assert(
      fc.property(moments, fc.tuple(time, time, time), (change, [a, createdAt, b]) => {
        const [startedAt, finishedAt] = [Math.min(a, b), Math.max(a, b)];
        const stages = stagesOf({ startedAt, change, createdAt, finishedAt });
        const parts = STAGES.map((stage) => stages[stage] ?? 0);
        expect(parts.reduce((sum, ms) => sum + ms, 0)).toBe(finishedAt - startedAt);
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("means of the stages sum to the mean lead time", () => {
    const changes = [
      one,
      pull(2, { from: 1, to: 30 }, { firstReviewAt: at(12) }),
      pull(3, { from: 5, to: 6 }, { number: null }),
    ];
    const shas = changes.flatMap(({ mergeShas }) => mergeShas);
    const { stages } = leadTimeOf({ records: two, changes, shipped: [brought("d1", "d0", shas)] });
    const mean = (stages ?? []).reduce((sum, { meanMs }) => sum + meanMs, 0);
    expect(mean).toBeCloseTo(((38 + 47 + 43) / 3) * HOUR, 3);
  });
});

describe("which changes a deployment brought", () => {
  test("a pull request by its merge commit; its branch's own commits are none of their own", () => {
    const lone = pull(7, { from: 9, to: 9, sha: "branch-of-1" }, { id: "commit:b", number: null });
    const shas = ["merge-of-1", "branch-of-1"];
    const metric = leadTimeOf({
      ...arrived,
      changes: [lone, one],
      shipped: [brought("d1", "d0", shas)],
    });
    expect(metric).toMatchObject({ n: 1, value: 38 * HOUR, rows: ["pr:R#1"], excluded: [{}] });
  });

  test("commits without a pull request count for themselves", () => {
    const lone = pull(7, { from: 9, to: 9, sha: "c" }, { id: "commit:c", number: null });
    const metric = leadTimeOf({
      ...arrived,
      changes: [lone],
      shipped: [brought("d1", "d0", ["c"])],
    });
    expect(metric).toMatchObject({ n: 1, rows: ["commit:c"] });
  });

  test("a change ships once, at its first arrival in any production environment", () => {
    const eu = { environment: "production-eu" };
    const records = [
      ...two,
      deployed("e0", 1, eu),
      deployed("e1", 72, { ...eu, sha: "sha-of-d1" }),
    ];
    const shipped = [brought("d1", "d0", one.mergeShas), brought("e1", "e0", one.mergeShas)];
    const { arrivals } = delivery({ records, changes: [one], shipped });
    expect(arrivals.map(({ deployment }) => deployment.id)).toEqual(["d1"]);
  });

  test("jobs and redeploys of one deployment add up to what it brought", () => {
    const again = deployed("d1b", 48.5, { sha: "sha-of-d1" });
    const shipped = [brought("d1b", "d1", []), brought("d1", "d0", one.mergeShas)];
    const metric = leadTimeOf({ records: [...two, again], changes: [one], shipped });
    expect(metric).toMatchObject({ n: 1, source: { confidence: "high" } });
  });

  test("a force-push lowers the confidence, and so does a walk from another version", () => {
    const forced = brought("d1", "d0", one.mergeShas, { confidence: "low" });
    expect(leadTimeOf({ ...arrived, shipped: [forced] }).source.confidence).toBe("low");
    const other = brought("d1", "d9", one.mergeShas);
    expect(leadTimeOf({ ...arrived, shipped: [other] }).source.confidence).toBe("low");
    expect(leadTimeOf(arrived).source.confidence).toBe("high");
  });

  test("a change is found by id, by whole sha and by 7 digits of it, not by fewer", () => {
    const sha = "dc16c5b99d0282a810487200ebcc97a600ba9cda";
    const index = indexChanges([pull(1, { from: 0, to: 1, sha })]);
    for (const name of ["pr:R#1", sha, "dc16c5b", "DC16C5B9", "branch-of-1"]) {
      expect(findChange(index, name, "shop")?.number).toBe(1);
    }
    const none = ["dc16c5", "dc16c5c"].map((name) => findChange(index, name, "shop"));
    expect(none).toEqual([null, null]);
  });
});

describe("what pipelines hand in", () => {
  const api = { source: "api" as const };
  const handed = [deployed("d0", 0, api), deployed("d1", 48, api)];
  const place = { service: "shop", repository: "shop" };

  test("without commits has no lead time, for a reason of its own", () => {
    const metric = leadTimeOf({ records: handed });
    expect(metric).toMatchObject({ value: null, reason: "commits-not-told" });
    expect(metric.excluded.map(({ reason }) => reason)).toEqual([
      "first-deployment",
      "commits-not-told",
    ]);
  });

  test("with commits counts from their authoring, and waits for nothing that is known", () => {
    const changes = [commitChange(place, { sha: "c", authoredAt: at(10) })];
    const facts = { records: handed, changes, shipped: [brought("d1", "d0", ["c"])] };
    const metric = leadTimeOf(facts);
    expect(metric).toMatchObject({ n: 1, value: 38 * HOUR });
    const stages = Object.fromEntries((metric.stages ?? []).map((one) => [one.stage, one.n]));
    expect(stages).toMatchObject({ coding: 1, waiting: 0 });
  });

  test("says nothing of a commit to other services, and gives way to what a repository tells", () => {
    const forged = commitChange(
      { service: "cart", repository: "R" },
      { sha: "merge-of-1", authoredAt: at(47) },
    );
    const own = commitChange(place, { sha: "merge-of-1", authoredAt: at(46) });
    const changes = [forged, own];
    const facts = { records: handed, changes, shipped: [brought("d1", "d0", ["merge-of-1"])] };
    expect(leadTimeOf(facts)).toMatchObject({ n: 1, value: 2 * HOUR });
    expect(leadTimeOf({ ...facts, changes: [forged] }).excluded.at(-1)).toMatchObject({
      reason: "change-unknown",
    });
    expect(leadTimeOf({ ...facts, changes: [...changes, one] })).toMatchObject({
      value: 38 * HOUR,
      rows: ["pr:R#1"],
    });
    expect(findChange(indexChanges([forged]), "merge-of-1", "shop")).toBeNull();
    expect(findChange(indexChanges([forged]), "merge-of-1", "cart")).toBe(forged);
  });
});

describe("what has no lead time is listed with the reason", () => {
  test.each<[string, Partial<DeliveryFacts>, object]>([
    [
      "long-gap",
      {
        ...arrived,
        records: [deployed("d0", 0), deployed("d1", 60 * 24 + 1)],
      },
      { id: "d1", n: 1 },
    ],
    [
      "incomplete-walk",
      { ...arrived, shipped: [brought("d1", "d0", one.mergeShas, { complete: false })] },
      { id: "d1", n: 1 },
    ],
    ["commits-unknown", { ...arrived, shipped: [] }, { id: "d1", n: 0 }],
    [
      "clock-skew",
      {
        ...arrived,
        records: [deployed("d0", 0), deployed("d1", 20.01)],
        changes: [{ ...one, commits: [{ sha: "c", authoredAt: at(20.02) }] }],
      },
      { id: "pr:R#1", n: 1 },
    ],
    ["change-unknown", { ...arrived, changes: [] }, { id: "d1", n: 1 }],
    [
      "clock-skew",
      { ...arrived, changes: [{ ...one, commits: [{ sha: "c", authoredAt: at(21) }] }] },
      { id: "pr:R#1", n: 1 },
    ],
    [
      "clock-skew",
      { ...arrived, changes: [{ ...one, commits: [{ sha: "c", authoredAt: 0 }] }] },
      { id: "pr:R#1", n: 1 },
    ],
  ])("%s", (reason, facts, exclusion) => {
    const metric = leadTimeOf(facts);
    expect(metric).toMatchObject({ value: null, n: 0 });
    expect(metric.excluded.at(-1)).toMatchObject({ reason, ...exclusion });
  });

  test("the one before may be older than the facts that were given", () => {
    const metric = leadTimeOf({ ...arrived, records: two.slice(1) });
    expect(metric).toMatchObject({ n: 1, excluded: [], source: { confidence: "high" } });
  });

  test("a gap of exactly 60 days still counts", () => {
    const records = [deployed("d0", 0), deployed("d1", 60 * 24)];
    expect(leadTimeOf({ ...arrived, records }).n).toBe(1);
  });

  test("clocks that differ by seconds are no skew", () => {
    const ahead = { ...one, commits: [{ sha: "c", authoredAt: one.mergedAt + 4 * MINUTE }] };
    expect(leadTimeOf({ ...arrived, changes: [ahead] }).n).toBe(1);
  });

  test("bots count, unless they are left out", () => {
    const facts = { ...arrived, changes: [{ ...one, bot: true }] };
    expect(leadTimeOf(facts).n).toBe(1);
    const without = leadTimeOf(facts, 120, { ...DEFAULT_RULES, excludeBots: true });
    expect(without).toMatchObject({ value: null, flags: ["no-changes"] });
    expect(without.excluded.at(-1)).toMatchObject({ reason: "bot", id: "pr:R#1" });
  });
});

test("median, p75 and p90 are of the changes, with their number", () => {
  const changes = [10, 20, 30, 40].map((from, i) => pull(i, { from, to: 45 }));
  const shas = changes.flatMap(({ mergeShas }) => mergeShas);
  const metric = leadTimeOf({ records: two, changes, shipped: [brought("d1", "d0", shas)] });
  expect(metric).toMatchObject({ n: 4, value: 23 * HOUR, flags: ["too-few"], unit: "ms" });
  expect([metric.p75, metric.p90]).toEqual([30.5 * HOUR, 35 * HOUR]);
});
