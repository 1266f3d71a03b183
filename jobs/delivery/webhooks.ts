import { webhookHint } from "#collectors/github/map.ts";
import { PROTECTION_EVENT } from "#collectors/github/protection.ts";
import type { Db } from "#db/client.ts";
import { readPoints } from "#db/reads/delivery.ts";
import { readWaiting, type WaitingDelivery } from "#db/reads/inbox.ts";
import { readSourceRow } from "#db/reads/sources.ts";
import type { SignedWebhook } from "#db/schema/index.ts";
import { markProcessed } from "#db/writes/inbox.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** How many are looked at in one go: each may be some megabytes. */
const AT_ONCE = 50;
/** A burst of events is one reason to ask, not many: a run costs points of the source's quota. */
const REST_MS = MINUTE;
/** Below this share of the quota, what happens is found by the usual run. */
const SPARE = 0.25;

const SENDERS = ["github", "pagerduty"] as const satisfies readonly SignedWebhook[];

export interface Inbox {
  readonly db: Db;
  /** Names of the sources that are configured. */
  readonly sources: ReadonlySet<string>;
  readonly clock: () => number;
  /** Asks for a run now; false while one is under way. */
  kick(source: string): Promise<boolean>;
}

/**
 * What senders told since the last look. An event carries no facts of ours: it is a reason to ask its
 * source now, so late, doubled and reordered ones do no harm, and neither do lost ones.
 */
export async function readInbox(inbox: Inbox): Promise<void> {
  for (const sender of SENDERS) await readOf(inbox, sender);
}

async function readOf(inbox: Inbox, sender: SignedWebhook): Promise<void> {
  const { db, sources, clock } = inbox;
  // What the gate is asked is answered by itself, at once; where no source is configured, nobody does.
  const own = sources.has(sender) ? { except: PROTECTION_EVENT } : {};
  const waiting = await readWaiting(db, { source: sender, ...own, limit: AT_ONCE });
  if (waiting.length === 0) return;
  const ids = waiting.map(({ id }) => id);
  if (!sources.has(sender)) {
    const error = `no source ${sender} is configured in plimsoll.yaml`;
    return markProcessed(db, ids, { at: clock(), error });
  }
  const isReason = waiting.some((delivery) => TELLS[sender](delivery));
  if (isReason && !(await isHeeded(inbox, sender))) return;
  await markProcessed(db, ids, { at: clock() });
}

/** False when they must wait, for the next look or the usual run. */
async function isHeeded({ db, clock, kick }: Inbox, source: string): Promise<boolean> {
  const points = await readPoints(db, source);
  const { remaining = null, limit = null } = points ?? {};
  if (remaining !== null && limit !== null && remaining < limit * SPARE) return true;
  const last = (await readSourceRow(db, source))?.lastAttemptAt ?? null;
  const rested = last === null || clock() - last >= REST_MS || last > clock();
  return rested && (await kick(source));
}

/** Whether an event may mean new facts. */
const TELLS: Readonly<Record<SignedWebhook, (delivery: WaitingDelivery) => boolean>> = {
  github: ({ event, body }) => webhookHint(event, parsed(body)) !== null,
  pagerduty: ({ event }) => event.startsWith("incident."),
};

/** The door lets only JSON in. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
