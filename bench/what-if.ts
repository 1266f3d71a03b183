import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readWhatIfFrom, type WhatIfAsk } from "#app/_data/whatif/read.ts";
import { type Figure, type Promised, type Report, reportOf } from "#bench/report.ts";
import { fill } from "#bench/storage/fill.ts";
import { timed } from "#bench/timing.ts";
import { fillHistory, passMinute } from "#bench/whatif/fill.ts";
import { openStore, type Store } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { floorMinute } from "#lib/time/duration.ts";
import { startPostgres } from "../e2e/servers/postgres.ts";

const SLOS = 10_000;
const RUNS = 60;
const WARM_UP = 10;
/** Between two letters of somebody who types. */
const TYPED: Promised = { atMost: 50 };

interface Case {
  readonly what: string;
  readonly fields: (run: number) => Partial<WhatIfAsk["fields"]>;
  /** Nothing of its history is held, or a minute has been evaluated since the last answer. */
  readonly since?: "nothing" | "a minute";
  readonly promise?: Promised;
}

const objective = (run: number) => String(0.99 + run / 100_000);
const CASES: readonly Case[] = [
  { what: "another objective", fields: (run) => ({ objective: objective(run) }), promise: TYPED },
  {
    what: "other thresholds",
    fields: (run) => ({ thresholds: String(0.6 + run / 1000) }),
    promise: TYPED,
  },
  {
    what: "another window, 7 d to 29 d",
    fields: (run) => ({ window: `${7 + (run % 23)}d` }),
    promise: TYPED,
  },
  {
    what: "an objective over 90 d",
    fields: (run) => ({ window: "90d", objective: objective(run) }),
    promise: TYPED,
  },
  {
    what: "an objective, a minute later",
    fields: (run) => ({ objective: objective(run) }),
    since: "a minute",
    promise: TYPED,
  },
  { what: "the first look", fields: () => ({}), since: "nothing" },
  { what: "the first look over 90 d", fields: () => ({ window: "90d" }), since: "nothing" },
];

/** The whole answer of a what-if, from the snapshot to the JSON, on both databases. */
export async function whatIfBench(slos: number = SLOS): Promise<Report> {
  const server = await startPostgres({ durable: true });
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
  try {
    const urls = [await server.createDatabase(), `pglite://${join(folder, "data")}`];
    const figures: Figure[] = [];
    for (const url of urls) figures.push(...(await measureAt(url, slos)));
    const stored = slos.toLocaleString("en");
    return reportOf(`A what-if with ${stored} SLOs stored, p50 and p95 of ${RUNS}`, figures);
  } finally {
    rmSync(folder, { recursive: true });
    await server.stop();
  }
}

async function measureAt(url: string, slos: number): Promise<Figure[]> {
  const store = await openStore(url, { upkeep: false });
  try {
    await migrate(store);
    const end = floorMinute(Date.now());
    await fill(store, slos, end);
    await fillHistory(store, end);
    const figures: Figure[] = [];
    for (const of of CASES) figures.push(...(await measure(store, of)));
    return figures;
  } finally {
    await store.close();
  }
}

async function measure(store: Store, of: Case): Promise<Figure[]> {
  const { p50, p95 } = await timed(
    async (run) => {
      // Counted, too: one small update.
      if (of.since === "a minute") await passMinute(store);
      await answer(store, of, run);
    },
    { runs: RUNS, warmUp: WARM_UP },
  );
  const what = `${store.kind}: ${of.what}`;
  return [
    { what: `${what}, p50`, value: p50, unit: "ms" },
    { what: `${what}, p95`, value: p95, unit: "ms", promise: of.promise },
  ];
}

/** One that has nothing to compare is quick: what came is checked each time. */
async function answer({ db }: Store, { fields, since }: Case, run: number): Promise<void> {
  if (since === "nothing") Reflect.deleteProperty(globalThis, Symbol.for("plimsoll.whatif"));
  const asked = { objective: "0.995", window: null, thresholds: null, ...fields(run) };
  const address = { service: "service-0", name: "slo-0" };
  const found = await readWhatIfFrom(db, { ...address, fields: asked, now: Date.now() });
  const compared = found?.kind === "slo" ? found.compared : null;
  if (!compared?.asked?.tiers.some(({ count }) => count > 0)) {
    throw new Error(`nothing was compared: ${JSON.stringify(asked)}`);
  }
  JSON.stringify(found);
}

if (import.meta.main) {
  console.log((await whatIfBench(Number(process.argv[2] ?? SLOS))).text);
}
