import { createHash } from "node:crypto";
import { eq, notInArray } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import {
  type DocumentRepository,
  readDocumentRepositories,
} from "#db/reads/documentRepositories.ts";
import { documentRepositories } from "#db/schema/index.ts";
import type { RepositoryFile } from "#lib/sources/repositoryFiles.ts";

/** Everything that the default branch of a repository holds. */
export interface RepositoryRead {
  /** `owner/name` as the configuration says it. */
  readonly name: string;
  readonly repositoryId: string;
  readonly url: string;
  readonly commit: string;
  readonly trees: Readonly<Record<string, string | null>>;
  readonly files: readonly RepositoryFile[];
}

interface RepositoryFailure {
  readonly name: string;
  /** In words, for the sources page. */
  readonly message: string;
}

interface RepositoriesRead {
  readonly read: readonly RepositoryRead[];
  readonly failed: readonly RepositoryFailure[];
  /** Names of all that the configuration has: others are given up. Null: the run did not get through. */
  readonly configured: readonly string[] | null;
}

/** One run's findings, all at once. A repository that could not be read keeps what it said before. */
export async function saveRepositories(
  db: Db,
  { read, failed, configured }: RepositoriesRead,
  now: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const before = new Map((await readDocumentRepositories(tx)).map((row) => [row.name, row]));
    for (const each of read) {
      const row = { ...each, error: null, errorSince: null, checkedAt: now };
      await save(tx, row, before.get(each.name));
    }
    for (const { name, message: error } of failed) {
      const known = before.get(name);
      const row = { ...(known ?? neverRead(name)), error };
      await save(tx, { ...row, errorSince: row.errorSince ?? now }, known);
    }
    if (configured) await forgetRepositories(tx, configured);
  });
}

/** Those that are not named are given up, and with them what their documents said. */
export async function forgetRepositories(db: Db, kept: readonly string[]): Promise<void> {
  const others = kept.length > 0 ? notInArray(documentRepositories.name, [...kept]) : undefined;
  await db.delete(documentRepositories).where(others);
}

type Row = typeof documentRepositories.$inferInsert;
type Unmarked = Omit<Row, "revision">;

function neverRead(name: string) {
  return {
    name,
    repositoryId: null,
    url: null,
    commit: null,
    trees: {},
    files: [],
    errorSince: null,
  };
}

/** Texts are written only where they changed: they are large, and looked at every few minutes. */
async function save(db: Db, row: Unmarked, known: DocumentRepository | undefined): Promise<void> {
  const marked: Row = { ...row, revision: revisionOf(row) };
  if (known?.revision === marked.revision) {
    const { name, files: _, ...others } = marked;
    await db.update(documentRepositories).set(others).where(eq(documentRepositories.name, name));
    return;
  }
  await db
    .insert(documentRepositories)
    .values(marked)
    .onConflictDoUpdate({ target: documentRepositories.name, set: marked });
}

function revisionOf({ url, files, error }: Unmarked): string {
  const said = files.map(({ path, oid, commit, problem }) => [path, oid, commit, problem]);
  return createHash("sha256")
    .update(JSON.stringify([url, error, said]))
    .digest("hex");
}
