import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { receivers } from "#db/schema/index.ts";

/** A receiver as people see it: neither its address nor its secret. */
export type ReceiverRecord = Omit<
  typeof receivers.$inferSelect,
  "sealedUrl" | "sealedSecret" | "removedAt"
>;

const SHOWN = {
  id: receivers.id,
  name: receivers.name,
  kind: receivers.kind,
  host: receivers.host,
  team: receivers.team,
  kinds: receivers.kinds,
  quietHours: receivers.quietHours,
  createdBy: receivers.createdBy,
  createdAt: receivers.createdAt,
  disabledAt: receivers.disabledAt,
  disabledReason: receivers.disabledReason,
};

/** A receiver with what became of its deliveries. */
export interface ReceiverOverview extends ReceiverRecord {
  readonly pending: number;
  readonly dead: number;
  /** When something last reached it, epoch ms. */
  readonly lastDeliveredAt: number | null;
}

/** Receivers by name, of these teams alone where given: those for all teams are left out, too. */
export function readReceivers(
  db: Db,
  { teams }: { readonly teams?: readonly string[] } = {},
): Promise<ReceiverOverview[]> {
  const those = teams ? inArray(receivers.team, [...teams]) : undefined;
  const countOf = (state: "pending" | "dead"): SQL<number> =>
    sql`(select count(*)::int from notice_deliveries d
      where d.receiver_id = receivers.id and d.state = ${state})`;
  const last = sql<number | null>`(select max(d.done_at) from notice_deliveries d
      where d.receiver_id = receivers.id and d.state = 'delivered')`;
  return db
    .select({ ...SHOWN, pending: countOf("pending"), dead: countOf("dead"), lastDeliveredAt: last })
    .from(receivers)
    .where(and(isNull(receivers.removedAt), those))
    .orderBy(asc(receivers.name), asc(receivers.id));
}

/** One receiver; null when there is none, or it was removed. */
export async function readReceiver(db: Db, id: string): Promise<ReceiverRecord | null> {
  const [row] = await db
    .select(SHOWN)
    .from(receivers)
    .where(and(eq(receivers.id, id), isNull(receivers.removedAt)));
  return row ?? null;
}

/** What is needed to send to it, still sealed; null when there is none. */
export async function readSealedReceiver(db: Db, id: string) {
  const { kind, sealedUrl, sealedSecret } = receivers;
  const [row] = await db
    .select({ id: receivers.id, kind, sealedUrl, sealedSecret })
    .from(receivers)
    .where(and(eq(receivers.id, id), isNull(receivers.removedAt)));
  return row ?? null;
}
