import { and, asc, eq, isNull, ne } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { type WebhookSource, webhookDeliveries } from "#db/schema/index.ts";

/** A delivery that nothing was made of yet. */
export interface WaitingDelivery {
  readonly id: number;
  readonly event: string;
  readonly body: string;
}

export interface WaitingAsk {
  readonly source: WebhookSource;
  /** An event that is somebody else's to look at. */
  readonly except?: string;
  readonly limit: number;
}

/** The oldest deliveries of a source that wait to be looked at. */
export function readWaiting(
  db: Db,
  { source, except, limit }: WaitingAsk,
): Promise<WaitingDelivery[]> {
  const { id, event, body, processedAt } = webhookDeliveries;
  return db
    .select({ id, event, body })
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.source, source),
        isNull(processedAt),
        except === undefined ? undefined : ne(event, except),
      ),
    )
    .orderBy(asc(id))
    .limit(limit);
}

/** Ids of the oldest deliveries of one event that wait to be looked at. */
export async function readWaitingIds(
  db: Db,
  ask: { readonly source: WebhookSource; readonly event: string; readonly limit: number },
): Promise<number[]> {
  const { id, source, event, processedAt } = webhookDeliveries;
  const rows = await db
    .select({ id })
    .from(webhookDeliveries)
    .where(and(eq(source, ask.source), eq(event, ask.event), isNull(processedAt)))
    .orderBy(asc(id))
    .limit(ask.limit);
  return rows.map((row) => row.id);
}

/** What a delivery says that still waits; null for any other. */
export async function readWaitingBody(db: Db, id: number): Promise<string | null> {
  const [row] = await db
    .select({ body: webhookDeliveries.body })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.id, id), isNull(webhookDeliveries.processedAt)));
  return row?.body ?? null;
}
