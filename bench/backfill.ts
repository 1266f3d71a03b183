import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdtempSync, rmSync } from "node:fs";
import type { ClientRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { JOB, steadyHistory } from "#bench/cost/history.ts";
import { type Figure, type Report, reportOf } from "#bench/report.ts";
import { openStore, type Store } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { readCatalog } from "#db/reads/catalog.ts";
import { definition } from "#db/suites/definitions.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { registerSources } from "#db/writes/sources.ts";
import { sourceFrom } from "#jobs/sources.ts";
import { settingsOf } from "#jobs/testing.ts";
import { runTick } from "#jobs/tick.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";
import { missingPostgres, startPostgres } from "../e2e/servers/postgres.ts";
import { startPrometheus } from "../e2e/servers/prometheus.ts";

const HISTORY_MS = 28 * DAY;
const FROM = Date.UTC(2026, 0, 1);
const NOW = FROM + HISTORY_MS;
const SLOS = 100;
const SOURCE = "main";

interface BackfillTime {
  readonly kind: Store["kind"];
  readonly wallMs: number;
  /** In which at least one request was with Prometheus. */
  readonly theirsMs: number;
  readonly requests: number;
}

/** The product's own ticks, from an empty database until nothing is left to be fetched. */
export async function backfillBench(): Promise<Report> {
  const prometheus = await startPrometheus({ history: steadyHistory(FROM, NOW) });
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
  try {
    const times = [await measureAt(`pglite://${join(folder, "data")}`, prometheus.url)];
    if (missingPostgres() === null) times.push(await onPostgres(prometheus.url));
    const title = `First backfill of ${HISTORY_MS / DAY} d x ${SLOS} SLOs from a real Prometheus`;
    return reportOf(title, times.flatMap(figuresOf));
  } finally {
    rmSync(folder, { recursive: true });
    await prometheus.stop();
  }
}

async function onPostgres(prometheus: string): Promise<BackfillTime> {
  const server = await startPostgres({ durable: true });
  try {
    return await measureAt(await server.createDatabase(), prometheus);
  } finally {
    await server.stop();
  }
}

async function measureAt(database: string, prometheus: string): Promise<BackfillTime> {
  const store = await openStore(database, { upkeep: false });
  const watch = watchRequests();
  try {
    await migrate(store);
    await prepare(store, prometheus);
    const settings = settingsOf({ name: SOURCE, url: prometheus, historyMs: HISTORY_MS });
    const source = sourceFrom({ ...settings, scrapeIntervalMs: 30_000, counting: "auto" });
    const begun = performance.now();
    await runTick({
      store,
      source,
      clock: () => NOW + MINUTE,
      signal: AbortSignal.timeout(900_000),
      publicUrl: "http://localhost",
    });
    const wallMs = performance.now() - begun;
    await requireComplete(store);
    const seen = watch.seen();
    if (seen.requests === 0) throw new Error("no request was seen: the collector asks another way");
    return { kind: store.kind, wallMs, ...seen };
  } finally {
    watch.stop();
    await store.close();
  }
}

async function prepare({ db }: Store, prometheus: string): Promise<void> {
  await registerSources(db, [{ name: SOURCE, kind: "prometheus", address: prometheus }], NOW);
  const slos = Array.from({ length: SLOS }, (_, i) => ({
    definition: definition({ name: `slo-${i}`, sli: sliNumber(i) }),
    path: "bench.yaml",
    sliKey: `bench-${i}`,
    source: SOURCE,
  }));
  await applyCatalog(db, { documents: [], slos, now: NOW });
}

/** The same pods under many names: a matcher that changes nothing makes each query its own. */
function sliNumber(i: number): SliDefinition {
  const matchers = `job="${JOB}",pod!="none-${i}"`;
  return {
    kind: "events",
    counts: "bad",
    numerator: `sum(rate(http_requests_total{${matchers},code=~"5.."}[5m]))`,
    total: `sum(rate(http_requests_total{${matchers}}[5m]))`,
  };
}

/** A backfill that failed would look quick. */
async function requireComplete({ db }: Store): Promise<void> {
  const slos = await readCatalog(db);
  const done = slos.filter((slo) => slo.backfilledAt !== null && (slo.status?.coverage ?? 0) > 0.9);
  if (done.length !== SLOS) throw new Error(`only ${done.length} of ${SLOS} SLOs were filled`);
}

interface Exchange {
  readonly request: ClientRequest;
}

/** Time with at least one HTTP request under way, from its start to the end of the answer's body. */
function watchRequests() {
  const open = new Set<ClientRequest>();
  let since = 0;
  const found = { theirsMs: 0, requests: 0 };
  const begin = (message: unknown) => {
    const { request } = message as Exchange;
    if (open.size === 0) since = performance.now();
    open.add(request);
    found.requests += 1;
    request.once("close", () => {
      if (open.delete(request) && open.size === 0) found.theirsMs += performance.now() - since;
    });
  };
  subscribe("http.client.request.start", begin);
  return {
    seen: () => ({ ...found }),
    stop: () => unsubscribe("http.client.request.start", begin),
  };
}

function figuresOf({ kind, wallMs, theirsMs, requests }: BackfillTime): Figure[] {
  return [
    { what: `${kind}: whole`, value: wallMs / 1000, unit: "s" },
    { what: `${kind}: Prometheus, ${requests} requests`, value: theirsMs / 1000, unit: "s" },
    { what: `${kind}: ours, storing included`, value: (wallMs - theirsMs) / 1000, unit: "s" },
    {
      what: `${kind}: Prometheus's share`,
      value: (100 * theirsMs) / wallMs,
      unit: "%",
      promise: { atLeast: 80 },
    },
  ];
}

if (import.meta.main) console.log((await backfillBench()).text);
