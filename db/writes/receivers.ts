import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { type ReceiverKind, receivers } from "#db/schema/index.ts";
import { type AuditEntry, type By, writeAudit } from "#db/writes/audit.ts";
import { actorIdentity } from "#lib/access/actor.ts";
import type { NoticeKind } from "#lib/notices/notice.ts";
import type { QuietHours } from "#lib/notices/quiet.ts";

interface Address {
  readonly sealedUrl: string;
  readonly host: string;
}

/** What may be changed of a receiver later on. */
export interface ReceiverSettings {
  readonly name: string;
  readonly team: string | null;
  readonly kinds: readonly NoticeKind[];
  readonly quietHours: QuietHours | null;
}

export interface NewReceiver extends ReceiverSettings, Address {
  readonly id: string;
  readonly kind: ReceiverKind;
  readonly sealedSecret: string | null;
}

type Row = typeof receivers.$inferSelect;

export async function createReceiver(db: Db, by: By, receiver: NewReceiver): Promise<void> {
  const made = { createdBy: actorIdentity(by.actor), createdAt: by.at };
  await db.transaction(async (tx) => {
    const row = { ...receiver, kinds: [...receiver.kinds], ...made };
    await tx.insert(receivers).values(row);
    const after = { id: receiver.id, kind: receiver.kind, ...loggedOf(row) };
    await writeAudit(tx, by, { action: "receiver.created", ...subjectOf(row), after });
  });
}

/** `url`: where to from now on; without it the old address stays. */
export type ReceiverChange = Partial<ReceiverSettings> & { readonly url?: Address };

/** Changes it; false when there is no such receiver. What waits for quiet hours to end is looked at anew. */
export function changeReceiver(
  db: Db,
  by: By,
  { id, change: { url, ...change } }: { readonly id: string; readonly change: ReceiverChange },
): Promise<boolean> {
  return edit(db, by, id, async (tx, row) => {
    const next = { ...change, ...url, ...(change.kinds ? { kinds: [...change.kinds] } : {}) };
    const set = next as Partial<Row>;
    if (Object.keys(set).length > 0) {
      await tx.update(receivers).set(set).where(eq(receivers.id, id));
    }
    if (change.quietHours !== undefined) await lookAnew(tx, id, by.at);
    const after = { ...row, ...set };
    const moved = url ? { address: "changed" } : {};
    return {
      action: "receiver.changed",
      ...subjectOf(after),
      before: loggedOf(row),
      after: { ...loggedOf(after), ...moved },
    };
  });
}

/** Those never tried: they may have been put off until the end of quiet hours that are others now. */
async function lookAnew(db: Db, id: string, now: number): Promise<void> {
  await db.execute(
    sql`update notice_deliveries set next_at = ${now}::bigint
      where receiver_id = ${id} and state = 'pending' and attempts = 0 and next_at > ${now}::bigint`,
  );
}

/** Nothing is sent to it until it is switched on; what waited is dropped. False when there is none that is on. */
export function disableReceiver(db: Db, by: By, id: string): Promise<boolean> {
  return edit(db, by, id, async (tx, row) => {
    if (row.disabledAt !== null) return null;
    const disabledReason = "by hand";
    await tx
      .update(receivers)
      .set({ disabledAt: by.at, disabledReason })
      .where(eq(receivers.id, id));
    await dropPending(tx, id, by.at);
    return { action: "receiver.disabled", ...subjectOf(row), after: { reason: disabledReason } };
  });
}

/** Hears of what happens from now on; what was dropped meanwhile stays so. False when there is none that is off. */
export function enableReceiver(db: Db, by: By, id: string): Promise<boolean> {
  return edit(db, by, id, async (tx, row) => {
    if (row.disabledAt === null) return null;
    await tx
      .update(receivers)
      .set({ disabledAt: null, disabledReason: null })
      .where(eq(receivers.id, id));
    return {
      action: "receiver.enabled",
      ...subjectOf(row),
      before: { reason: row.disabledReason },
    };
  });
}

/** Takes it away with its address and secret; what became of its deliveries stays to be read. */
export function removeReceiver(db: Db, by: By, id: string): Promise<boolean> {
  return edit(db, by, id, async (tx, row) => {
    await tx
      .update(receivers)
      .set({ removedAt: by.at, sealedUrl: "", sealedSecret: null })
      .where(eq(receivers.id, id));
    await dropPending(tx, id, by.at);
    return { action: "receiver.removed", ...subjectOf(row), before: loggedOf(row) };
  });
}

async function dropPending(db: Db, id: string, now: number): Promise<void> {
  await db.execute(
    sql`update notice_deliveries set state = 'dropped', done_at = ${now}::bigint
      where receiver_id = ${id} and state = 'pending'`,
  );
}

/** Locks the row, does `work` and writes down what it says; null from it: nothing was to do. */
function edit(
  db: Db,
  by: By,
  id: string,
  work: (tx: Db, row: Row) => Promise<AuditEntry | null>,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const there = and(eq(receivers.id, id), isNull(receivers.removedAt));
    const [row] = await tx.select().from(receivers).where(there).for("update");
    const entry = row ? await work(tx, row) : null;
    if (!entry) return false;
    await writeAudit(tx, by, entry);
    return true;
  });
}

function subjectOf({ name, team }: Pick<Row, "name" | "team">) {
  return { subject: `receiver:${name}`, team };
}

/** Never the address nor the secret. */
function loggedOf(row: Pick<Row, "name" | "host" | "team" | "kinds"> & Partial<Row>) {
  const { name, host, team, kinds, quietHours } = row;
  return {
    name,
    host,
    teams: team ?? "all",
    kinds: kinds.length === 0 ? "all" : kinds,
    quietHours: quietHours ?? null,
  };
}
