import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";
import type { RepositoryFile } from "#lib/sources/repositoryFiles.ts";

/** The SLO documents of each service's repository, as its default branch last had them. */
export const documentRepositories = pgTable("document_repositories", {
  /** `owner/name` as the configuration says it: documents are called `owner/name:path`. */
  name: text().primaryKey(),
  /** What never changes; null before it was first read. */
  repositoryId: text("repository_id"),
  url: text(),
  commit: text(),
  /** Git's name of each folder or file that is read; null: not there. Equal names, equal documents. */
  trees: jsonb().$type<Readonly<Record<string, string | null>>>().notNull(),
  files: jsonb().$type<readonly RepositoryFile[]>().notNull(),
  /** Another one whenever anything of the files, the url or the error is another. */
  revision: text().notNull(),
  /** When it was last found as it is here. */
  checkedAt: ms("checked_at"),
  /** Why it cannot be read at present: what it said before stays in force. */
  error: text(),
  errorSince: ms("error_since"),
});
