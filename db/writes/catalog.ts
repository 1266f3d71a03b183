import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { saveAliases } from "#db/writes/aliases.ts";
import { type DocumentRow, saveDocuments } from "#db/writes/documents.ts";
import { matchSlos, type SloInForce } from "#db/writes/match.ts";
import { saveSlis } from "#db/writes/slis.ts";
import { addSlos, readKnownSlos, renameSlos, retireSlos, reviseSlos } from "#db/writes/slos.ts";
import type { Finding } from "#lib/spec/model.ts";

export interface CatalogInput {
  readonly documents: readonly DocumentRow[];
  /** Files that are there and could not be read: what they said before stays in force. */
  readonly unreadable?: readonly Finding[];
  readonly slos: readonly SloInForce[];
  /** Epoch ms. */
  readonly now: number;
}

/** Any number of our own, beside that of the migrations. */
const LOCK = 7_546_765_502;

/**
 * Makes the catalog like the documents, all or nothing; doing it again changes nothing. Nothing is
 * deleted: an SLO whose document was taken away is retired, one that was renamed (`formerly`) keeps
 * its history and is found under its old name, and each change of a definition is a new version.
 */
export async function applyCatalog(db: Db, input: CatalogInput): Promise<void> {
  const { slos, now } = input;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    await saveDocuments(tx, input);
    const sliIds = await saveSlis(tx, slos, now);
    const { found, renamed, added, missing } = matchSlos(await readKnownSlos(tx), slos);
    const unreadable = new Set((input.unreadable ?? []).map(({ file }) => file));
    await retireSlos(
      tx,
      missing.filter(({ documentPath }) => !unreadable.has(documentPath)),
      now,
    );
    await renameSlos(tx, renamed);
    await reviseSlos(tx, found, { sliIds, now });
    await addSlos(tx, added, { sliIds, now });
    await saveAliases(tx, slos);
  });
}
