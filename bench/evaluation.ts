import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { sql } from "drizzle-orm";
import { type Figure, type Report, reportOf } from "#bench/report.ts";
import { END, fill } from "#bench/storage/fill.ts";
import { type Timing, timed } from "#bench/timing.ts";
import { openStore, type Store } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { saveFacts } from "#db/writes/totals.ts";
import { COLLECTION_DELAY_MS, evaluateSource } from "#jobs/evaluate.ts";
import type { SliFact } from "#lib/slo/facts.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";
import { startPostgres } from "../e2e/servers/postgres.ts";

const SIZES = [100, 1_000, 10_000];
const RUNS = 5;
/** One SLO in so many is over its budget and still burning: those need forecasts. */
const TROUBLED_ONE_IN = 20;
/** As `fill` writes them. */
const EVENTS_PER_ROW = 600;
const WINDOW_MINUTES = (30 * DAY) / MINUTE;
const LOOP_RESOLUTION_MS = 2;

interface Cost extends Timing {
  readonly kind: Store["kind"];
  readonly slos: number;
  /** Longest time in which the web could not answer. */
  readonly blockedMs: number;
}

/** Read windows, evaluate, forecast and save, as the job does each minute. */
export async function evaluationBench(sizes: readonly number[] = SIZES): Promise<Report> {
  const costs: Cost[] = [];
  const server = await startPostgres({ durable: true });
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
  try {
    for (const slos of sizes) {
      costs.push(await measureAt(await server.createDatabase(), slos));
      costs.push(await measureAt(`pglite://${join(folder, `${slos}`)}`, slos));
    }
  } finally {
    rmSync(folder, { recursive: true });
    await server.stop();
  }
  const title = `A whole evaluation (one SLO in ${TROUBLED_ONE_IN} over its budget), median of ${RUNS}`;
  return reportOf(title, costs.flatMap(figuresOf));
}

async function measureAt(url: string, slos: number): Promise<Cost> {
  const store = await openStore(url, { upkeep: false });
  try {
    await migrate(store);
    const { rowsPerSli } = await fill(store, slos);
    await trouble(store);
    const perMinute = (EVENTS_PER_ROW * rowsPerSli) / WINDOW_MINUTES;
    return { kind: store.kind, slos, ...(await measure(store, { slos, perMinute })) };
  } finally {
    await store.close();
  }
}

/** 1.5 % of their events fail, where 1 % may. */
async function trouble({ db }: Store): Promise<void> {
  await db.execute(
    sql`update sli_totals set good = total * 0.985 where sli_id % ${TROUBLED_ONE_IN} = 0`,
  );
}

/** A minute of every SLI arrives before each run, unmeasured. The first run also opens every alert. */
async function measure(
  store: Store,
  traffic: { readonly slos: number; readonly perMinute: number },
): Promise<Omit<Cost, "kind" | "slos">> {
  const delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  const taken: number[] = [];
  let blockedMs = 0;
  for (let run = 0; run <= RUNS; run++) {
    await saveFacts(store.db, minuteOf(traffic, run), END);
    const now = END + (run + 1) * MINUTE + COLLECTION_DELAY_MS;
    delay.reset();
    delay.enable();
    const { p50 } = await timed(
      () => evaluateSource({ store, source: "bench", now, publicUrl: "http://localhost" }),
      { runs: 1, warmUp: 0 },
    );
    delay.disable();
    if (run === 0) continue;
    taken.push(p50);
    blockedMs = Math.max(blockedMs, delay.max / 1e6 - LOOP_RESOLUTION_MS);
  }
  taken.sort((a, b) => a - b);
  return { p50: taken[RUNS >> 1] ?? 0, p95: taken.at(-1) ?? 0, blockedMs };
}

/** The next minute of every SLI, at the rate of those before: a jump would make every SLO burn. */
function minuteOf(
  { slos, perMinute }: { slos: number; perMinute: number },
  run: number,
): SliFact[] {
  const from = END + run * MINUTE;
  const bucket = { at: from + MINUTE, good: 0.997 * perMinute, total: perMinute, covered: 1 };
  return Array.from({ length: slos }, (_, i) => ({
    sliKey: `bench-${i}`,
    from,
    to: from + MINUTE,
    stepMs: MINUTE,
    purpose: "tick",
    buckets: [bucket],
    suspects: [],
  }));
}

function figuresOf({ kind, slos, p50, p95, blockedMs }: Cost): Figure[] {
  const name = `${slos.toLocaleString("en")} SLOs, ${kind}`;
  return [
    { what: name, value: p50, unit: "ms", promise: promiseOf(kind, slos) },
    { what: `${name}: slowest`, value: p95, unit: "ms" },
    { what: `${name}: per SLO`, value: p50 / slos, unit: "ms" },
    {
      what: `${name}: longest wait of the web`,
      value: blockedMs,
      unit: "ms",
      promise: kind === "pglite" && slos <= 1_000 ? { atMost: 50 } : undefined,
    },
  ];
}

function promiseOf(kind: Store["kind"], slos: number) {
  if (kind === "postgres" && slos === 10_000) return { atMost: 1_000 };
  if (kind === "pglite" && slos === 1_000) return { atMost: 200 };
  return undefined;
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  console.log((await evaluationBench(sizes.length > 0 ? sizes : SIZES)).text);
}
