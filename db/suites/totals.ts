import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTotals } from "#db/reads/totals.ts";
import { readWindowCounts } from "#db/reads/windows.ts";
import { slis, sliTotals } from "#db/schema/index.ts";
import { minutes, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import { thin } from "#db/writes/thin.ts";
import { saveFacts } from "#db/writes/totals.ts";
import type { Purpose, SliFact } from "#lib/slo/facts.ts";
import { type Bucket, between, type Counts, type TotalsRow } from "#lib/slo/totals.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const SPAN = 40;

/** What really happened in each of 40 minutes; null: the source has no answer. */
const truth = fc.array(
  fc.option(fc.record({ bad: fc.nat({ max: 20 }), good: fc.nat({ max: 1000 }) }), { freq: 5 }),
  { minLength: SPAN, maxLength: SPAN },
);
type Truth = ({ bad: number; good: number } | null)[];

/** Spans that cover everything, some of them twice, in any order, and how they are cut into batches. */
const asking = fc.record({
  cuts: fc.uniqueArray(fc.integer({ min: 1, max: SPAN - 1 }), { maxLength: 6 }),
  again: fc.array(fc.tuple(fc.nat({ max: SPAN - 1 }), fc.integer({ min: 1, max: SPAN })), {
    maxLength: 4,
  }),
  order: fc.infiniteStream(fc.nat()),
  together: fc.boolean(),
});

function factOf(
  key: string,
  of: Truth,
  [from, to]: [number, number],
  purpose: Purpose = "tick",
): SliFact {
  const buckets: Bucket[] = [];
  for (let i = from; i < to; i++) {
    const minute = of[i];
    if (!minute) continue;
    const total = minute.good + minute.bad;
    buckets.push({ at: T0 + minutes(i + 1), good: minute.good, total, covered: 1 });
  }
  const span = { from: T0 + minutes(from), to: T0 + minutes(to), stepMs: MINUTE };
  return { sliKey: key, ...span, purpose, buckets, suspects: [] };
}

let made = 0;
async function newSli(bench: Bench): Promise<{ id: number; key: string }> {
  const key = `totals-${++made}`;
  const definition = { kind: "events", counts: "bad", numerator: key, total: key } as const;
  const [row] = await bench
    .store()
    .db.insert(slis)
    .values({ key, source: "totals", definition, createdAt: T0 })
    .returning({ id: slis.id });
  return { id: row?.id as number, key };
}

/** The counts of each minute of the span, as differences of the stored rows. */
async function readMinutes(bench: Bench, sliId: number): Promise<Counts[]> {
  const rows = await readTotals(bench.store().db, sliId, T0, T0 + minutes(SPAN));
  const rowAt = (at: number) => rows.findLast((row) => row.at <= at) as TotalsRow;
  return Array.from({ length: SPAN }, (_, i) =>
    between(rowAt(T0 + minutes(i)), rowAt(T0 + minutes(i + 1))),
  );
}

function trueMinutes(of: Truth) {
  return of.map((minute) =>
    minute
      ? { good: minute.good, total: minute.good + minute.bad, covered: 1 }
      : { good: 0, total: 0, covered: 0 },
  );
}

export function totalsSuite(bench: Bench): void {
  describe("running totals", () => {
    test("facts in any order, repeated and cut anywhere leave what one write leaves", async () => {
      await fc.assert(
        fc.asyncProperty(truth, asking, async (minuteTruth, { cuts, again, order, together }) => {
          const sli = await newSli(bench);
          const edges = [0, ...cuts.sort((a, b) => a - b), SPAN];
          const spans = [
            ...edges.slice(1).map((to, i): [number, number] => [edges[i] as number, to]),
            ...again.map(([from, length]): [number, number] => [
              from,
              Math.min(SPAN, from + length),
            ]),
          ];
          const keyed = spans.map((span) => ({ span, key: order.next().value }));
          const facts = keyed
            .sort((a, b) => a.key - b.key)
            .map(({ span }) => factOf(sli.key, minuteTruth, span));
          const now = T0 + minutes(SPAN);
          const { db } = bench.store();
          if (together) await saveFacts(db, facts, now);
          else for (const fact of facts) await saveFacts(db, [fact], now);
          expect(await readMinutes(bench, sli.id)).toEqual(trueMinutes(minuteTruth));
        }),
        { numRuns: 40 },
      );
    });

    test("a correction replaces its span and nothing else", async () => {
      await fc.assert(
        fc.asyncProperty(
          truth,
          truth,
          fc.nat({ max: SPAN - 1 }),
          fc.nat({ max: SPAN }),
          async (old, corrected, from, length) => {
            const sli = await newSli(bench);
            const to = Math.min(SPAN, from + length + 1);
            const { db } = bench.store();
            await saveFacts(db, [factOf(sli.key, old, [0, SPAN])], T0);
            await saveFacts(db, [factOf(sli.key, corrected, [from, to], "reread")], T0);
            const expected = old.map((minute, i) =>
              i >= from && i < to ? (corrected[i] ?? null) : minute,
            );
            expect(await readMinutes(bench, sli.id)).toEqual(trueMinutes(expected));
          },
        ),
        { numRuns: 25 },
      );
    });

    test("older history goes in below the first row, which stays as it is", async () => {
      const sli = await newSli(bench);
      const { db } = bench.store();
      const all = Array.from({ length: SPAN }, () => ({ good: 9, bad: 1 }));
      await saveFacts(db, [factOf(sli.key, all, [20, SPAN], "backfill")], T0);
      const before = await readTotals(db, sli.id, T0 + minutes(20), T0 + minutes(SPAN));
      await saveFacts(db, [factOf(sli.key, all, [0, 20], "backfill")], T0);
      expect(await readTotals(db, sli.id, T0 + minutes(20), T0 + minutes(SPAN))).toEqual(before);
      const [first] = await readTotals(db, sli.id, T0, T0 + minutes(SPAN));
      expect(first).toEqual({ at: T0, good: -180, total: -200, covered: -20 });
    });

    test("a window that begins before the first row counts from that row", async () => {
      const sli = await newSli(bench);
      const { db } = bench.store();
      const all = Array.from({ length: SPAN }, () => ({ good: 9, bad: 1 }));
      await saveFacts(db, [factOf(sli.key, all, [0, 3])], T0);
      const windows = [
        { sliId: sli.id, windowsMs: [DAY, 2 * MINUTE] },
        { sliId: 2 ** 30, windowsMs: [DAY] },
      ];
      const [counts, ofNobody] = await readWindowCounts(db, T0 + minutes(3), windows);
      expect(counts?.map((c) => c.total)).toEqual([30, 20]);
      expect(ofNobody).toEqual([{ good: 0, total: 0, covered: 0 }]);
    });

    test("a fact of an unknown SLI is refused and saves nothing", async () => {
      const sli = await newSli(bench);
      const { db } = bench.store();
      const all = [{ good: 9, bad: 1 }];
      const facts = [factOf(sli.key, all, [0, 1]), factOf("nobody", all, [0, 1])];
      await expect(saveFacts(db, facts, T0)).rejects.toThrow("there is no SLI with the key nobody");
      expect(await readTotals(db, sli.id, T0, T0 + HOUR)).toEqual([]);
    });

    test("thinning keeps every sum between rows that stay, and part of a thinned interval is never patched", async () => {
      const sli = await newSli(bench);
      const { db } = bench.store();
      const minutesOf = 12 * 60;
      const all = Array.from({ length: minutesOf }, (_, i) =>
        i % 7 === 3 ? null : { good: i, bad: i % 3 },
      );
      await saveFacts(db, [factOf(sli.key, all, [0, minutesOf], "backfill")], T0);
      const full = await readTotals(db, sli.id, T0, T0 + 12 * HOUR);
      await db.execute(sql`delete from thinning`);
      expect(await thin(db, T0 + 12 * HOUR + 4 * DAY)).toBeGreaterThan(400);
      const kept = await readTotals(db, sli.id, T0, T0 + 12 * HOUR);
      expect(kept).toEqual(full.filter(({ at }) => kept.some((row) => row.at === at)));
      for (let at = T0 + 5 * MINUTE; at <= T0 + 12 * HOUR; at += 5 * MINUTE) {
        expect(kept.findLast((row) => row.at <= at)).toEqual(full.findLast((row) => row.at <= at));
      }
      await saveFacts(db, [factOf(sli.key, all, [61, 64], "reread")], T0);
      expect(await readTotals(db, sli.id, T0, T0 + 12 * HOUR)).toEqual(kept);
    });

    test("a thinned interval that is replaced whole takes the correction", async () => {
      const sli = await newSli(bench);
      const { db } = bench.store();
      const all = Array.from({ length: 120 }, () => ({ good: 9, bad: 1 }));
      await saveFacts(db, [factOf(sli.key, all, [0, 120], "backfill")], T0);
      await db.execute(sql`delete from thinning`);
      await thin(db, T0 + 2 * HOUR + 4 * DAY);
      const fact = factOf(sli.key, [], [60, 70], "reread");
      const buckets = [{ at: fact.to, good: 0, total: 500, covered: 10 }];
      await saveFacts(db, [{ ...fact, stepMs: 10 * MINUTE, buckets }], T0);
      const [counts] = await readWindowCounts(db, T0 + minutes(120), [
        { sliId: sli.id, windowsMs: [2 * HOUR, 50 * MINUTE] },
      ]);
      expect(counts).toEqual([
        { good: 990, total: 1600, covered: 120 },
        { good: 450, total: 500, covered: 50 },
      ]);
    });

    test("rows near an alert, and at a transition, outlive thinning", async () => {
      const sli = await newSli(bench);
      const { db } = bench.store();
      const all = Array.from({ length: 24 * 60 }, () => ({ good: 9, bad: 1 }));
      await saveFacts(db, [factOf(sli.key, all, [0, 24 * 60], "backfill")], T0);
      const sloId = 900_000 + sli.id;
      const alertAt = T0 + 10 * HOUR;
      const movedAt = T0 + 20 * HOUR + 7 * MINUTE;
      await db.execute(sql`insert into slo_versions (slo_id, version, valid_from, sli_id, definition)
        values (${sloId}, 1, ${T0}, ${sli.id}, '{}')`);
      await db.execute(sql`insert into burn_alerts (slo_id, tier, severity, started_at, ended_at)
        values (${sloId}, 'page-fast', 'page', ${alertAt}, ${alertAt + HOUR})`);
      await db.execute(sql`insert into policy_transitions
        (slo_id, at, from_state, to_state, cause, good, total, coverage, version)
        values (${sloId}, ${movedAt}, 'Healthy', 'Freeze', 'budget', 0, 0, 1, 1)`);
      await db.execute(sql`delete from thinning`);
      await thin(db, T0 + 24 * HOUR + 40 * DAY);
      const ats = (await db.select().from(sliTotals).where(sql`sli_id = ${sli.id}`)).map(
        (r) => r.at,
      );
      const minutesNear = ats.filter((at) => at >= alertAt - 6 * HOUR && at <= alertAt + 3 * HOUR);
      expect(minutesNear.length).toBe(9 * 60 + 1);
      expect(ats).toContain(movedAt);
      expect(ats.length).toBe(1 + 24 + 9 * 60 + 1 - 10 + 1);
    });
  });
}
