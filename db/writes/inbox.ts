import { inArray } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { webhookDeliveries } from "#db/schema/index.ts";

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
