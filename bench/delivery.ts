import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { END, factsOf, type Size } from "#bench/delivery/facts.ts";
import { type Figure, type Promised, type Report, reportOf } from "#bench/report.ts";
import { timed } from "#bench/timing.ts";
import { openStore, type Store } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { readDeliveryFacts, readDeliveryRevision } from "#db/reads/delivery.ts";
import { readDeliveryReach } from "#db/reads/deliveryReach.ts";
import { saveDelivery } from "#db/writes/delivery.ts";
import { DEFAULT_RULES, deliveryOf } from "#lib/dora/delivery.ts";
import { doraReport } from "#lib/dora/report.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import { DAY } from "#lib/time/duration.ts";
import { startPostgres } from "../e2e/servers/postgres.ts";

const SIZE: Size = { deployments: 10_000, commits: 27_000, incidents: 500 };
const RUNS = 9;
/** A month of the delivery page, of facts that have not changed since it was last asked for. */
const WARM: Promised = { atMost: 150 };

/** The delivery page's work on both databases: everything read and joined, and a month of what is held. */
export async function deliveryBench(size: Size = SIZE): Promise<Report> {
  const figures: Figure[] = [];
  const server = await startPostgres({ durable: true });
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
  try {
    figures.push(...(await measureAt(await server.createDatabase(), size)));
    figures.push(...(await measureAt(`pglite://${join(folder, "data")}`, size)));
  } finally {
    rmSync(folder, { recursive: true });
    await server.stop();
  }
  return reportOf(
    `Delivery of ${size.deployments} deployments and ${size.commits} commits, p50 of ${RUNS}`,
    figures,
  );
}

async function measureAt(url: string, size: Size): Promise<Figure[]> {
  const store = await openStore(url, { upkeep: false });
  try {
    await migrate(store);
    const saving = await timed(() => save(store, size), { runs: 1, warmUp: 0 });
    const again = await timed(() => save(store, size), { runs: 1, warmUp: 0 });
    return [
      figure(store, "saving all of it", saving.p50),
      figure(store, "saving it again, nothing new", again.p50),
      ...(await measure(store)),
    ];
  } finally {
    await store.close();
  }
}

async function save({ db }: Store, size: Size): Promise<void> {
  const nothing = { withdrawn: [], repositories: [], failures: [], cursor: {} };
  const points = { used: 0, remaining: null, limit: null, resetAt: null };
  const batch = { source: "github", origin: "pagerduty", points, ...nothing } as const;
  await saveDelivery(db, { ...batch, ...factsOf(size) }, END);
}

async function measure(store: Store): Promise<Figure[]> {
  const { db } = store;
  const facts = await readDeliveryFacts(db);
  const held = deliveryOf(facts, DEFAULT_RULES);
  const report = () => doraReport(held, MONTH, null);
  const read = await timed(() => readDeliveryFacts(db), { runs: RUNS });
  const joined = await timed(async () => deliveryOf(facts, DEFAULT_RULES), { runs: RUNS });
  const month = await timed(async () => report(), { runs: RUNS });
  const cold = await timed(
    async () => {
      await readDeliveryRevision(db);
      const delivery = deliveryOf(await readDeliveryFacts(db), DEFAULT_RULES);
      doraReport(delivery, MONTH, null);
    },
    { runs: RUNS },
  );
  const warm = await timed(
    async () => {
      await readDeliveryRevision(db);
      await readDeliveryReach(db);
      report();
    },
    { runs: RUNS },
  );
  return [
    figure(store, "reading every fact", read.p50),
    figure(store, "joining them", joined.p50),
    figure(store, "a month's report", month.p50),
    figure(store, "cold: after a fact has changed", cold.p50),
    figure(store, "warm: none has changed", warm.p50, WARM),
  ];
}

const ALWAYS = { from: 0, through: Number.POSITIVE_INFINITY };
const KNOWN = { deployments: ALWAYS, changes: ALWAYS, incidents: ALWAYS };

const MONTH: ReportScope = {
  from: END - 30 * DAY,
  to: END,
  zone: "UTC",
  now: END,
  knowledge: { byService: new Map(), others: KNOWN },
};

function figure({ kind }: Store, what: string, value: number, promise?: Promised): Figure {
  return { what: `${kind}, ${what}`, value, unit: "ms", ...(promise ? { promise } : {}) };
}

if (import.meta.main) console.log((await deliveryBench()).text);
