import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_RULES, deliveryOf } from "#lib/dora/delivery.ts";
import { doraReport } from "#lib/dora/report.ts";
import { at, brought, deployed, factsOf, incident, pull, scope } from "#lib/dora/testing.ts";

const hours = fc.integer({ min: 0, max: 24 * 28 });

/** Deployments of three versions, each with a change that may revert another, incidents and burns. */
const world = fc
  .record({
    deployments: fc.array(fc.record({ hours, version: fc.constantFrom("v1", "v2", "v3", null) }), {
      maxLength: 15,
    }),
    reverts: fc.array(fc.nat(20), { maxLength: 15 }),
    incidents: fc.array(fc.tuple(hours, fc.option(fc.nat(50))), { maxLength: 6 }),
    burns: fc.array(fc.tuple(hours, fc.option(fc.nat(50))), { maxLength: 6 }),
  })
  .map(({ deployments, reverts, incidents, burns }) =>
    factsOf({
      records: deployments.map(({ hours: h, version }, i) =>
        deployed(`d${i}`, h, version ? { sha: version } : {}),
      ),
      changes: deployments.map(({ hours: h }, i) => {
        const target = reverts[i];
        const mend = { reverts: target === undefined ? null : `pr:R#${target}` };
        return pull(i, { from: h - i - 2, to: h - 1 }, mend);
      }),
      shipped: deployments.map((_, i) => brought(`d${i}`, "d0", [`merge-of-${i}`])),
      incidents: incidents.map(([from, length], i) =>
        incident(`i${i}`, { from, to: length === null ? null : from + length }),
      ),
      burnAlerts: burns.map(([from, length], i) => ({
        ...{ service: "shop", slo: `slo-${i}`, tier: "page-fast", startedAt: at(from) },
        endedAt: length === null ? null : at(from + length),
      })),
    }),
  );

const reportOf = (facts: ReturnType<typeof factsOf>) =>
  doraReport(deliveryOf(facts, DEFAULT_RULES), scope(28));

test("no order of the facts changes a number", () => {
  fc.assert(
    fc.property(world, fc.infiniteStream(fc.nat()), (facts, keys) => {
      const shuffle = <T>(list: readonly T[]): T[] =>
        list
          .map((value) => ({ value, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ value }) => value);
      const shuffled = {
        ...facts,
        records: shuffle(facts.records),
        changes: shuffle(facts.changes),
        shipped: shuffle(facts.shipped),
        incidents: shuffle(facts.incidents),
        burnAlerts: shuffle(facts.burnAlerts),
      };
      expect(sortedLists(reportOf(shuffled))).toEqual(sortedLists(reportOf(facts)));
    }),
  );
});

/** Of lists that are sets, such as what is excluded, the order means nothing. */
function sortedLists({ metrics, ...rest }: ReturnType<typeof reportOf>) {
  return {
    ...rest,
    metrics: Object.entries(metrics).map(([name, { excluded, rows, ...metric }]) => ({
      ...{ name, ...metric },
      excluded: excluded.map((e) => JSON.stringify(e)).sort(),
      rows: rows.toSorted(),
    })),
  };
}

test("rates stay within [0,1], inside their interval, and nothing is NaN", () => {
  fc.assert(
    fc.property(world, (facts) => {
      const report = reportOf(facts);
      for (const metric of [report.metrics.changeFailureRate, report.metrics.reworkRate]) {
        const { value, interval } = metric;
        if (value === null) continue;
        expect(interval?.low).toBeLessThanOrEqual(value);
        expect(interval?.high).toBeGreaterThanOrEqual(value);
        expect([interval?.low ?? -1, 1 - (interval?.high ?? 2)].every((x) => x >= 0)).toBe(true);
      }
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    }),
  );
});

test("a recovery is never 0 or less, and open ones are never dropped", () => {
  fc.assert(
    fc.property(world, (facts) => {
      const { verdicts } = deliveryOf(facts, DEFAULT_RULES);
      const { recoveryTime } = reportOf(facts).metrics;
      const open = verdicts.filter(({ restoration }) => restoration && restoration.at === null);
      expect(recoveryTime.open?.n ?? 0).toBe(
        open.filter(({ deployment }) => deployment.finishedAt < at(24 * 28)).length,
      );
      if (recoveryTime.value !== null) expect(recoveryTime.value).toBeGreaterThan(0);
    }),
  );
});
