import { and, asc, eq, isNull } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { type WebhookSource, webhookDeliveries } from "#db/schema/index.ts";

/** A delivery that nothing was made of yet. */
export interface WaitingDelivery {
  readonly id: number;
  readonly event: string;
  readonly body: string;
}

/** The oldest deliveries of a source that wait to be looked at. */
export function readWaiting(
  db: Db,
  source: WebhookSource,
  limit: number,
): Promise<WaitingDelivery[]> {
  const { id, event, body, processedAt } = webhookDeliveries;
  return db
    .select({ id, event, body })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.source, source), isNull(processedAt)))
    .orderBy(asc(id))
    .limit(limit);
}
