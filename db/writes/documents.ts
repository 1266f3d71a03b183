import { and, isNull, notInArray, sql } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { documents } from "#db/schema/index.ts";
import type { Finding } from "#lib/spec/model.ts";

/** A document file as it is now. */
export interface DocumentRow {
  readonly path: string;
  readonly hash: string;
  readonly dialect: string | null;
  readonly findings: readonly Finding[];
  /** The text that is in force from now on; null leaves the earlier one in force. */
  readonly goodContent: string | null;
}

interface Folder {
  readonly documents: readonly DocumentRow[];
  readonly unreadable?: readonly Finding[];
  readonly urls?: ReadonlyMap<string, string>;
  readonly now: number;
}

const UNREADABLE_HASH = "";

/** Writes what was found in each file, and marks those that are gone. */
export async function saveDocuments(db: Db, folder: Folder): Promise<void> {
  const rows = rowsOf(folder);
  for (const part of chunks(rows)) await upsert(db, part);
  const present = rows.map(({ path }) => path);
  const gone = present.length > 0 ? notInArray(documents.path, present) : undefined;
  await db
    .update(documents)
    .set({ removedAt: folder.now })
    .where(and(isNull(documents.removedAt), gone));
}

function rowsOf({ documents: read, unreadable = [], urls, now }: Folder) {
  const broken = Map.groupBy(unreadable, ({ file }) => file);
  const rows = [
    ...read.map(({ hash, ...document }) => ({
      ...document,
      contentHash: hash,
      goodAt: document.goodContent === null ? null : now,
      seenAt: now,
    })),
    ...[...broken].map(([path, findings]) => ({
      path,
      findings,
      contentHash: UNREADABLE_HASH,
      dialect: null,
      goodContent: null,
      goodAt: null,
      seenAt: now,
    })),
  ];
  return rows.map((row) => ({ ...row, url: urls?.get(row.path) ?? null }));
}

/** A file with errors brings no text of its own: the last good one stays, with its time. */
async function upsert(db: Db, rows: (typeof documents.$inferInsert)[]): Promise<void> {
  const isNew = sql`excluded.good_content is not null
    and excluded.good_content is distinct from ${documents.goodContent}`;
  await db
    .insert(documents)
    .values(rows)
    .onConflictDoUpdate({
      target: documents.path,
      set: {
        dialect: sql`coalesce(excluded.dialect, ${documents.dialect})`,
        goodContent: sql`coalesce(excluded.good_content, ${documents.goodContent})`,
        goodAt: sql`case when ${isNew} then excluded.good_at else ${documents.goodAt} end`,
        findings: sql`excluded.findings`,
        contentHash: sql`excluded.content_hash`,
        seenAt: sql`excluded.seen_at`,
        url: sql`excluded.url`,
        removedAt: null,
      },
    });
}
