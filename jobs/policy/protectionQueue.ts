import type { JobWithMetadata, PgBoss } from "pg-boss";
import { PROTECTION_EVENT } from "#collectors/github/protection.ts";
import { log } from "#config/log.ts";
import { readWaitingBody, readWaitingIds } from "#db/reads/inbox.ts";
import { markProcessed } from "#db/writes/inbox.ts";
import { type Protection, protect } from "#jobs/policy/protection.ts";

const QUEUE = "gate-github";
/** After 5, 10, 20 … seconds: about ten minutes in all. */
const RETRIES = 7;
const FIRST_WAIT_SECONDS = 5;
const HEARTBEAT_SECONDS = 10;
const LOST_AFTER_SECONDS = 120;
const WAITING = { source: "github", event: PROTECTION_EVENT, limit: 50 } as const;

const WORK = { pollingIntervalSeconds: 1, localConcurrency: 4, includeMetadata: true } as const;

interface Asked {
  /** Of the stored delivery. */
  readonly id: number;
}

/** Answers each question of GitHub's once, however many processes share the database. */
export async function startProtection(boss: PgBoss, protection: Protection): Promise<void> {
  await boss.createQueue(QUEUE, {
    policy: "exclusive",
    retryLimit: RETRIES,
    retryDelay: FIRST_WAIT_SECONDS,
    retryBackoff: true,
    expireInSeconds: LOST_AFTER_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: 3600,
  });
  await boss.work<Asked, void, typeof WORK>(QUEUE, WORK, async ([job]) => {
    if (job) await handle(protection, job);
  });
}

/** Asks for an answer to what waits; what is asked for already is not asked for twice. */
export async function sendProtection(boss: PgBoss, { db }: Pick<Protection, "db">): Promise<void> {
  for (const id of await readWaitingIds(db, WAITING)) {
    await boss.send(QUEUE, { id } satisfies Asked, { singletonKey: String(id) });
  }
}

/** The last try that fails is written beside the delivery, for people. */
async function handle(protection: Protection, job: JobWithMetadata<Asked>): Promise<void> {
  const { db, clock } = protection;
  const { id } = job.data;
  const body = await readWaitingBody(db, id);
  if (body === null) return;
  try {
    const { error } = await protect(protection, body, job.signal);
    await markProcessed(db, [id], { at: clock(), error });
  } catch (error) {
    const reason = error instanceof Error ? error.message : "failed";
    log().warn({ delivery: id, reason }, "GitHub's gate question could not be answered");
    if (job.retryCount < RETRIES) throw error;
    await markProcessed(db, [id], { at: clock(), error: `could not be answered: ${reason}` });
  }
}
