import { describe, expect, test } from "vitest";
import { readProgress } from "#db/reads/progress.ts";
import { readGaps, readSourceRow, readSources, readSuspects } from "#db/reads/sources.ts";
import { inForce, minutes, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import {
  beginBackfill,
  registerSources,
  saveFailures,
  sourceFailed,
  sourceSucceeded,
} from "#db/writes/sources.ts";
import { saveFacts } from "#db/writes/totals.ts";
import type { SliFact } from "#lib/slo/facts.ts";

export function collectionSuite(bench: Bench): void {
  const db = () => bench.store().db;
  let made = 0;
  /** A source of its own with one SLI. */
  const newSource = async () => {
    const source = `source-${++made}`;
    const slo = inForce({ name: source, service: "collection" }, { source, sliKey: source });
    await applyCatalog(db(), { documents: [], slos: [slo], now: T0 });
    return source;
  };
  const fact = (
    source: string,
    from: number,
    to: number,
    present: readonly number[],
    of: Partial<SliFact> = {},
  ): SliFact => ({
    sliKey: source,
    from: T0 + minutes(from),
    to: T0 + minutes(to),
    stepMs: minutes(1),
    purpose: "tick",
    buckets: present.map((i) => ({ at: T0 + minutes(i + 1), good: 9, total: 10, covered: 1 })),
    suspects: [],
    ...of,
  });
  const progress = async (source: string) => (await readProgress(db(), source))[0];
  const now = T0 + minutes(1000);

  describe("collection", () => {
    test("progress follows the facts, and a first backfill ends where it was to end", async () => {
      const source = await newSource();
      expect(await progress(source)).toMatchObject({ headAt: null, tailAt: null, gaps: [] });
      await beginBackfill(db(), { source, from: T0 + minutes(10) });
      await saveFacts(db(), [fact(source, 60, 90, [61, 62, 88], { purpose: "backfill" })], now);
      expect(await progress(source)).toMatchObject({
        headAt: T0 + minutes(90),
        tailAt: T0 + minutes(60),
        firstCoveredAt: T0 + minutes(61),
        lastCoveredAt: T0 + minutes(89),
        backfilledAt: null,
      });
      const [half] = (await readSources(db())).filter((row) => row.name === source);
      expect(half).toBeUndefined();
      await beginBackfill(db(), { source, from: T0 });
      await saveFacts(db(), [fact(source, 10, 60, [30], { purpose: "backfill" })], now);
      expect(await progress(source)).toMatchObject({
        backfilledAt: now,
        firstCoveredAt: T0 + minutes(30),
      });
    });

    test("minutes without an answer are gaps, open until they are filled or given up", async () => {
      const source = await newSource();
      await saveFacts(db(), [fact(source, 0, 10, [0, 1, 2, 7, 8, 9])], T0 + minutes(11));
      expect((await progress(source))?.gaps).toEqual([
        { fromAt: T0 + minutes(3), toAt: T0 + minutes(7) },
      ]);
      await saveFacts(db(), [fact(source, 3, 7, [3, 4], { purpose: "gap" })], now);
      expect((await progress(source))?.gaps).toEqual([]);
      expect(await readGaps(db(), source, 10)).toMatchObject([
        { fromAt: T0 + minutes(5), toAt: T0 + minutes(7), state: "empty", closedAt: now },
        { fromAt: T0 + minutes(3), toAt: T0 + minutes(5), state: "filled", closedAt: now },
      ]);
    });

    test("when covered minutes are taken back, the rows that are left say which is the newest", async () => {
      const source = await newSource();
      await saveFacts(db(), [fact(source, 0, 10, [0, 1, 2, 3, 8])], now);
      await saveFacts(db(), [fact(source, 3, 10, [], { purpose: "reread" })], now);
      expect(await progress(source)).toMatchObject({
        firstCoveredAt: T0,
        lastCoveredAt: T0 + minutes(3),
      });
      await saveFacts(db(), [fact(source, 0, 2, [], { purpose: "reread" })], now);
      expect(await progress(source)).toMatchObject({ firstCoveredAt: T0 + minutes(2) });
      await saveFacts(db(), [fact(source, 0, 10, [], { purpose: "reread" })], now);
      expect(await progress(source)).toMatchObject({ firstCoveredAt: null, lastCoveredAt: null });
    });

    test("suspects of a span are replaced with it", async () => {
      const source = await newSource();
      const suspect = {
        at: T0 + minutes(2),
        counted: 900,
        plain: 20,
        trailingMax: 10,
        kept: "plain" as const,
      };
      await saveFacts(db(), [fact(source, 0, 5, [0, 1], { suspects: [suspect] })], now);
      await saveFacts(db(), [fact(source, 5, 9, [5])], now);
      expect(await readSuspects(db(), source, 10)).toMatchObject([suspect]);
      await saveFacts(db(), [fact(source, 0, 5, [0, 1], { purpose: "reread" })], now);
      expect(await readSuspects(db(), source, 10)).toEqual([]);
    });

    test("a refused query is said at its SLI until it is answered", async () => {
      const source = await newSource();
      await registerSources(
        db(),
        [{ name: source, kind: "prometheus", address: "localhost:9090" }],
        T0,
      );
      const refused = async () =>
        (await readSources(db())).find((row) => row.name === source)?.refused;
      await saveFailures(db(), { failures: [{ sliKey: source, message: 'parse error: "x"' }] }, T0);
      expect(await refused()).toBe(1);
      await saveFacts(db(), [fact(source, 0, 1, [0])], T0);
      expect(await refused()).toBe(0);
    });

    test("a source says how it last answered, and since when it does not", async () => {
      const source = await newSource();
      await registerSources(
        db(),
        [{ name: source, kind: "prometheus", address: "localhost:9090" }],
        T0,
      );
      expect(await readSourceRow(db(), source)).toMatchObject({
        state: "starting",
        address: "localhost:9090",
      });
      await sourceFailed(db(), { source, message: "refused", now: T0 + 1 });
      await sourceFailed(db(), { source, message: "still refused", now: T0 + 2 });
      expect(await readSourceRow(db(), source)).toMatchObject({
        state: "failed",
        error: "still refused",
        errorSince: T0 + 1,
        lastAttemptAt: T0 + 2,
        lastSuccessAt: null,
      });
      const probe = {
        flavour: "Prometheus 2.42.0",
        counting: "exact",
        scrapeIntervalMs: 15_000,
        warnings: ["slow"],
      } as const;
      await sourceSucceeded(db(), { source, probe, now: T0 + 3 });
      expect(await readSourceRow(db(), source)).toMatchObject({
        ...probe,
        state: "ok",
        error: null,
        errorSince: null,
        lastSuccessAt: T0 + 3,
      });
      await registerSources(db(), [], T0 + 4);
      expect((await readSources(db())).map(({ name }) => name)).not.toContain(source);
    });

    test("the overview adds up the first backfill and the watermark of SLIs in force", async () => {
      const source = await newSource();
      await registerSources(db(), [{ name: source, kind: "prometheus", address: null }], T0);
      await beginBackfill(db(), { source, from: T0 });
      await saveFacts(db(), [fact(source, 30, 40, [30, 38], { purpose: "backfill" })], now);
      const [overview] = (await readSources(db())).filter((row) => row.name === source);
      expect(overview).toMatchObject({
        slis: 1,
        backfillDone: 10,
        backfillOf: 40,
        watermark: T0 + minutes(39),
        refused: 0,
      });
    });
  });
}
