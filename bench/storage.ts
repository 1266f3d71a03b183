import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { END, evaluationsOf, fill } from "#bench/storage/fill.ts";
import { openStore, type Store } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { readCatalog } from "#db/reads/catalog.ts";
import { readFleet } from "#db/reads/fleet.ts";
import { readTotals } from "#db/reads/totals.ts";
import { readWindowCounts } from "#db/reads/windows.ts";
import { saveEvaluations } from "#db/writes/evaluations.ts";
import { saveFacts } from "#db/writes/totals.ts";
import { windowsOf } from "#lib/slo/evaluate.ts";
import type { SliFact } from "#lib/slo/facts.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";
import { startPostgres } from "../e2e/servers/postgres.ts";

const SIZES = [100, 1_000, 10_000];
const RUNS = 7;

/** Milliseconds, at the median and the 95th percentile (the worst of few runs). */
interface Timing {
  readonly p50: number;
  readonly p95: number;
}

export interface StorageCost {
  readonly kind: Store["kind"];
  readonly slos: number;
  readonly rowsPerSli: number;
  readonly windows: Timing;
  readonly catalog: Timing;
  readonly fleet: Timing;
  readonly history: Timing;
  readonly minute: Timing;
  readonly evaluations: Timing;
}

/** What the database costs at each size, on both databases. */
export async function storageCosts(sizes: readonly number[] = SIZES): Promise<StorageCost[]> {
  const costs: StorageCost[] = [];
  const server = await startPostgres({ durable: true });
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
  try {
    for (const slos of sizes) {
      costs.push(await measureAt(await server.createDatabase(), slos));
      costs.push(await measureAt(`pglite://${join(folder, `${slos}`)}`, slos));
    }
    return costs;
  } finally {
    rmSync(folder, { recursive: true });
    await server.stop();
  }
}

async function measureAt(url: string, slos: number): Promise<StorageCost> {
  const store = await openStore(url, { upkeep: false });
  try {
    await migrate(store);
    const { rowsPerSli } = await fill(store, slos);
    return { kind: store.kind, slos, rowsPerSli, ...(await measure(store)) };
  } finally {
    await store.close();
  }
}

async function measure({ db }: Store) {
  const catalog = await readCatalog(db);
  const requests = catalog.map(({ sliId, definition }) => ({
    sliId,
    windowsMs: windowsOf(definition, END).map(({ ms }) => ms),
  }));
  const first = catalog[0]?.sliId ?? 0;
  return {
    windows: await time(() => readWindowCounts(db, END, requests)),
    catalog: await time(() => readCatalog(db)),
    fleet: await time(() => readFleet(db, { limit: 100 }), 20),
    history: await time(() => readTotals(db, first, END - 30 * DAY, END), 20),
    minute: await time((i) => saveFacts(db, minuteOf(catalog.length, i), END)),
    evaluations: await timeEvaluations(db),
  };
}

/** The next minute of every SLI, as a tick brings it. */
function minuteOf(slis: number, i: number): SliFact[] {
  const from = END + i * MINUTE;
  const to = from + MINUTE;
  return Array.from({ length: slis }, (_, n) => ({
    sliKey: `bench-${n}`,
    from,
    to,
    stepMs: MINUTE,
    purpose: "tick",
    buckets: [{ at: to, good: 598, total: 600, covered: 1 }],
    suspects: [],
  }));
}

/** Writing only, and as most minutes are: every number moves, no state changes. */
async function timeEvaluations(db: Store["db"]): Promise<Timing> {
  const first = evaluationsOf(await readCatalog(db), END + MINUTE);
  await saveEvaluations(db, first);
  const again = first.map(({ slo, evaluation }) => ({
    slo: { ...slo, status: evaluation.status },
    evaluation,
  }));
  return time(() => saveEvaluations(db, again));
}

async function time(work: (run: number) => Promise<unknown>, runs = RUNS): Promise<Timing> {
  await work(0);
  const taken: number[] = [];
  for (let run = 1; run <= runs; run++) {
    const begun = performance.now();
    await work(run);
    taken.push(performance.now() - begun);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(runs - 1, Math.floor(runs * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

const COLUMNS = ["windows", "catalog", "fleet", "history", "minute", "evaluations"] as const;

/** The table that `npm run bench` prints: p50 / p95 in ms, and PGlite's median against PostgreSQL's. */
export function storageTable(costs: readonly StorageCost[]): string {
  const lines = costs.map((cost) => {
    const name = `${cost.slos} SLOs, ${cost.kind}`.padEnd(24);
    return name + COLUMNS.map((column) => timing(cost[column]).padStart(14)).join("");
  });
  const sizes = Map.groupBy(costs, ({ slos }) => slos);
  const ratios = [...sizes].map(([slos, both]) => ratioRow(slos, both));
  return [
    "Database, ms at p50/p95: nine windows of every SLO, the catalog with its last evaluations,",
    "the fleet page (100 rows with totals), 30 days of one SLI, saving a minute of every SLI, saving every evaluation",
    "".padEnd(24) + COLUMNS.map((column) => column.padStart(14)).join(""),
    ...lines,
    ...ratios,
    "targets: windows at 10,000 SLOs 600 ms; fleet p95 50 ms; a minute of 1,000 SLIs 19 ms on PostgreSQL",
  ].join("\n");
}

function ratioRow(slos: number, costs: readonly StorageCost[]): string {
  const of = (kind: Store["kind"]) => costs.find((cost) => cost.kind === kind);
  const ratio = (column: (typeof COLUMNS)[number]) => {
    const [embedded, server] = [of("pglite")?.[column].p50, of("postgres")?.[column].p50];
    return embedded && server ? `${(embedded / server).toFixed(1)}x` : "";
  };
  const cells = COLUMNS.map((column) => ratio(column).padStart(14));
  return `${`${slos}: pglite/postgres`.padEnd(24)}${cells.join("")}`;
}

function timing({ p50, p95 }: Timing): string {
  return `${p50.toFixed(p50 < 10 ? 1 : 0)}/${p95.toFixed(p95 < 10 ? 1 : 0)}`;
}

if (import.meta.main) console.log(storageTable(await storageCosts()));
