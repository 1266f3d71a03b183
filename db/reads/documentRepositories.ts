import { asc } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { documentRepositories } from "#db/schema/index.ts";

/** A repository with SLO documents as it was last read, or was to be. */
export type DocumentRepository = typeof documentRepositories.$inferSelect;

/** Every one, by name. Holds whole texts: look at the revisions first. */
export function readDocumentRepositories(db: Db): Promise<DocumentRepository[]> {
  return db.select().from(documentRepositories).orderBy(asc(documentRepositories.name));
}

/** What is another one as soon as anything of a repository is, by its name. */
export async function readDocumentRevisions(db: Db): Promise<Map<string, string>> {
  const { name, revision } = documentRepositories;
  const rows = await db.select({ name, revision }).from(documentRepositories).orderBy(asc(name));
  return new Map(rows.map((row) => [row.name, row.revision]));
}
