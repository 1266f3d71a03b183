import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure, type Report, reportOf } from "#bench/report.ts";
import { timed } from "#bench/timing.ts";
import { openStore, type Store } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { readCatalog } from "#db/reads/catalog.ts";
import { inForce } from "#db/suites/definitions.ts";
import { evaluated } from "#db/suites/evaluations.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveEvaluations } from "#db/writes/evaluations.ts";
import { askGate } from "#db/writes/gate.ts";
import { DEFAULT_GATE_RULES } from "#lib/policy/gateRules.ts";
import { startPostgres } from "../e2e/servers/postgres.ts";

const SERVICES = 2_000;
const SLOS_EACH = 5;
const ASKED = 1_000;
const WARM_UP = 100;
/** As docs/performance.md promises. */
const P95_MS = 20;

/** One answer of the gate, logged, with 10,000 SLOs stored. */
export async function gateBench(): Promise<Report> {
  const server = await startPostgres({ durable: true });
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
  try {
    const urls = [await server.createDatabase(), `pglite://${join(folder, "data")}`];
    const figures: Figure[] = [];
    for (const url of urls) figures.push(...(await measureAt(url)));
    return reportOf(
      `The gate's answer, ${SERVICES * SLOS_EACH} SLOs stored, ${ASKED} asked`,
      figures,
    );
  } finally {
    rmSync(folder, { recursive: true });
    await server.stop();
  }
}

async function measureAt(url: string): Promise<Figure[]> {
  const store = await openStore(url, { upkeep: false });
  try {
    await migrate(store);
    await fill(store);
    const { p50, p95 } = await timed((run) => ask(store, serviceOf(run * 7)), {
      runs: ASKED,
      warmUp: WARM_UP,
    });
    return [
      { what: `${store.kind}, median`, value: p50, unit: "ms" },
      { what: `${store.kind}, p95`, value: p95, unit: "ms", promise: { atMost: P95_MS } },
    ];
  } finally {
    await store.close();
  }
}

async function fill({ db }: Store): Promise<void> {
  const now = Date.now();
  const slos = Array.from({ length: SERVICES * SLOS_EACH }, (_, i) =>
    inForce({ service: serviceOf(i), name: `slo-${Math.floor(i / SERVICES)}` }),
  );
  await applyCatalog(db, { documents: [], slos, now });
  const rows = (await readCatalog(db)).map((slo) => evaluated(slo, { at: now }));
  await saveEvaluations(db, rows);
}

function serviceOf(i: number): string {
  return `service-${i % SERVICES}`;
}

function ask({ db }: Store, service: string) {
  return askGate(db, {
    ask: { service, environment: "production", change: "feature", sha: null },
    ...{ rules: DEFAULT_GATE_RULES, linkPrefix: "https://plimsoll.example" },
    ...{ surface: "http", askedByName: "bench", now: Date.now() },
  });
}
