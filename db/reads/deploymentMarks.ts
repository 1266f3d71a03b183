import { desc, inArray } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { deploymentMarks } from "#db/schema/index.ts";

export type MarkRow = typeof deploymentMarks.$inferSelect;

/** What people said of a deployment, by the ids of all its records; the newest first. */
export function readMarksOf(db: Db, deploymentIds: readonly string[]): Promise<MarkRow[]> {
  return db
    .select()
    .from(deploymentMarks)
    .where(inArray(deploymentMarks.deploymentId, [...deploymentIds]))
    .orderBy(desc(deploymentMarks.id));
}
