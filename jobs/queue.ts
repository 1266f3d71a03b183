import { type Job, PgBoss } from "pg-boss";
import type { Config } from "#config/config.ts";
import { log } from "#config/log.ts";
import type { Store } from "#db/client.ts";
import { readSourceRow } from "#db/reads/sources.ts";
import { collectDelivery } from "#jobs/delivery/run.ts";
import type { DeliveryUpstream } from "#jobs/delivery/upstreams.ts";
import { type RepositoryDocuments, readRepositories } from "#jobs/documentRepositories.ts";
import { evaluateSource } from "#jobs/evaluate.ts";
import type { Protection } from "#jobs/policy/protection.ts";
import { sendProtection, startProtection } from "#jobs/policy/protectionQueue.ts";
import type { Source } from "#jobs/sources.ts";
import { runTick } from "#jobs/tick.ts";
import { floorMinute, MINUTE } from "#lib/time/duration.ts";

const MOST_PLACES = 16;
/** Deployments and incidents are asked for less often than counts: their upstreams have quotas. */
const DELIVERY_EVERY_MS = 5 * MINUTE;
const TICK = "source-tick";
/** A tick that has not ended by then is taken to be lost, and another may begin. */
const LOST_AFTER_SECONDS = 900;
/** A worker that has been silent for so long is dead: another one may take its source over. */
const HEARTBEAT_SECONDS = 10;
/** How often dead workers are looked for; by default a source would stand still for up to two minutes. */
const LOOK_EVERY_SECONDS = 10;

export interface QueueOptions {
  readonly config: Config;
  readonly store: Store;
  readonly sources: ReadonlyMap<string, Source>;
  /** What tells of deployments and incidents. */
  readonly deliveries: ReadonlyMap<string, DeliveryUpstream>;
  /** Names of sources that SLOs use, configured or not. */
  readonly inUse: () => ReadonlySet<string>;
  readonly clock: () => number;
  /** Repositories with SLO documents; absent where none is configured. */
  readonly documents?: RepositoryDocuments | null;
  /** Absent where no GitHub is configured. */
  readonly protection?: Protection | null;
  /** Calls back once a minute until it is stopped; by the clock unless a test does it. */
  readonly eachMinute?: EachMinute;
}

type EachMinute = (work: (minute: number) => Promise<void>) => () => void;

export interface Queue {
  /** Ask for a tick of every source now, because the documents changed. */
  kick(): Promise<void>;
  /** Ask one source now, because it may have news; false while a tick of it waits or runs. */
  kickSource(source: string): Promise<boolean>;
  /** Ask for an answer to what GitHub asks the gate. */
  protect(): Promise<void>;
  stop(): Promise<void>;
}

interface TickData {
  readonly source: string;
  /** The minute this tick belongs to; a kick has none. */
  readonly minute: number | null;
}

/**
 * A tick a minute for each source, once however many processes share the database: each process asks
 * for it, the queue keeps one per source (policy `exclusive`), and a minute that has had its tick is
 * left alone.
 */
export async function startQueue(options: QueueOptions): Promise<Queue> {
  const boss = new PgBoss({
    ...options.store.boss,
    schema: "pgboss",
    supervise: true,
    superviseIntervalSeconds: LOOK_EVERY_SECONDS,
    monitorIntervalSeconds: LOOK_EVERY_SECONDS,
    schedule: false,
  });
  boss.on("error", (error) => log().error({ err: error }, "job queue"));
  await boss.start();
  await boss.createQueue(TICK, {
    policy: "exclusive",
    retryLimit: 0,
    expireInSeconds: LOST_AFTER_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: 3600,
  });
  await boss.work<TickData>(
    TICK,
    {
      pollingIntervalSeconds: 1,
      localConcurrency: placesFor(options.sources.size + options.deliveries.size),
    },
    async ([job]) => {
      if (job) await handle(options, job).catch((error) => notePanic(error, job));
    },
  );
  if (options.protection) await startProtection(boss, options.protection);
  const send = (minute: number | null) => sendTicks(boss, options, minute);
  await send(null);
  const stopClock = (options.eachMinute ?? byClock(options.clock))(send);
  return {
    kick: () => send(null),
    kickSource: (source) => sendTick(boss, { source, minute: null }),
    async protect() {
      if (options.protection) await sendProtection(boss, options.protection);
    },
    async stop() {
      stopClock();
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}

/** A place for each source and one over: one that hangs keeps its own place and no other's. */
function placesFor(sources: number): number {
  return Math.min(MOST_PLACES, sources + 1);
}

/** A tick records what its source did wrong by itself; what still throws is a mistake of ours. */
function notePanic(error: unknown, job: Job<TickData>): never {
  log().error({ err: error, source: job.data.source }, "a tick failed");
  throw error;
}

/** Also for names that the configuration does not have: their SLOs are evaluated, to unknown. */
async function sendTicks(
  boss: PgBoss,
  options: QueueOptions,
  minute: number | null,
): Promise<void> {
  const names = new Set([...options.sources.keys(), ...options.inUse()]);
  for (const source of names) await sendTick(boss, { source, minute });
  if (minute !== null && minute % DELIVERY_EVERY_MS !== 0) return;
  for (const source of options.deliveries.keys()) await sendTick(boss, { source, minute });
}

async function sendTick(boss: PgBoss, tick: TickData): Promise<boolean> {
  return (await boss.send(TICK, tick, { singletonKey: tick.source })) !== null;
}

async function handle(options: QueueOptions, job: Job<TickData>): Promise<void> {
  const { store, config, clock } = options;
  const { source: name, minute } = job.data;
  const source = options.sources.get(name);
  const upstream = options.deliveries.get(name);
  if (!source && !upstream) {
    await evaluateSource({ store, source: name, now: clock(), publicUrl: config.publicUrl });
    return;
  }
  const row = await readSourceRow(store.db, name);
  if (minute !== null && isDone(row?.lastAttemptAt ?? null, minute, clock())) return;
  const { signal } = job;
  if (upstream) await runUpstream(options, { upstream, signal });
  else if (source) await runTick({ store, source, publicUrl: config.publicUrl, clock, signal });
}

/** Documents first: they are few, while the first history of deliveries takes long. */
async function runUpstream(
  { store, documents, clock }: QueueOptions,
  { upstream, signal }: { upstream: DeliveryUpstream; signal: AbortSignal },
): Promise<void> {
  if (documents?.source.name === upstream.name) {
    await readRepositories({ store, documents, clock, signal });
  }
  await collectDelivery({ store, upstream, clock, signal });
}

/** An attempt in the future was made by a clock that has been put right since: it says nothing. */
export function isDone(lastAttemptAt: number | null, minute: number, now: number): boolean {
  return lastAttemptAt !== null && lastAttemptAt >= minute && lastAttemptAt <= now;
}

/** Just after each full minute of the clock, drift-free. */
function byClock(clock: () => number): EachMinute {
  return (work) => onEachMinute(clock, work);
}

function onEachMinute(clock: () => number, work: (minute: number) => Promise<void>): () => void {
  let timer: NodeJS.Timeout;
  const arm = () => {
    const next = floorMinute(clock()) + MINUTE + 1_000;
    timer = setTimeout(() => {
      work(floorMinute(clock())).catch((error) =>
        log().error({ err: error }, "asking for a tick failed"),
      );
      arm();
    }, next - clock());
    timer.unref();
  };
  arm();
  return () => clearTimeout(timer);
}
