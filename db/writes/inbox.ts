import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { type WebhookSource, webhookDeliveries } from "#db/schema/index.ts";

/** Something was made of these deliveries, or cannot be, for a reason in words. */
export async function markProcessed(
  db: Db,
  ids: readonly number[],
  { at, error = null }: { readonly at: number; readonly error?: string | null },
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(webhookDeliveries)
    .set({ processedAt: at, error })
    .where(inArray(webhookDeliveries.id, [...ids]));
}

interface Told {
  readonly source: WebhookSource;
  readonly deliveryId: string;
}

/** A delivery of which nothing could be made waits again, as if it had just come; false for any other. */
export async function takeAnew(db: Db, told: Told): Promise<boolean> {
  const { id, source, deliveryId, processedAt, error } = webhookDeliveries;
  const isFailed = and(isNotNull(processedAt), isNotNull(error));
  const again = await db
    .update(webhookDeliveries)
    .set({ processedAt: null, error: null })
    .where(and(eq(source, told.source), eq(deliveryId, told.deliveryId), isFailed))
    .returning({ id });
  return again.length > 0;
}
