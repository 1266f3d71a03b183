import { and, asc, eq } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { isAsked } from "#db/reads/delivery.ts";
import { deliveryProgress, repositories } from "#db/schema/index.ts";

export type DeliveryProgressRow = typeof deliveryProgress.$inferSelect;
export type RepositoryRow = typeof repositories.$inferSelect;

/** How far a delivery source is, and what is left of its quota; null before its first batch. */
export async function readDeliveryProgress(
  db: Db,
  source: string,
): Promise<DeliveryProgressRow | null> {
  const [row] = await db.select().from(deliveryProgress).where(eq(deliveryProgress.source, source));
  return row ?? null;
}

/** The repositories that a source is asked about, by name. */
export function readRepositories(db: Db, source: string): Promise<RepositoryRow[]> {
  return db
    .select()
    .from(repositories)
    .where(and(eq(repositories.source, source), isAsked))
    .orderBy(asc(repositories.fullName), asc(repositories.id));
}
