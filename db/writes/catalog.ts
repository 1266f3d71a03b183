import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { readDocumentRevisions } from "#db/reads/documentRepositories.ts";
import { saveAliases } from "#db/writes/aliases.ts";
import { type DocumentRow, saveDocuments } from "#db/writes/documents.ts";
import { lockEvaluations } from "#db/writes/evaluations.ts";
import { matchSlos, type SloInForce } from "#db/writes/match.ts";
import { retireSlos } from "#db/writes/retire.ts";
import { saveSaidExclusions } from "#db/writes/saidExclusions.ts";
import { saveSlis } from "#db/writes/slis.ts";
import { addSlos, readKnownSlos, renameSlos, reviseSlos } from "#db/writes/slos.ts";
import type { Finding } from "#lib/spec/model.ts";

export interface CatalogInput {
  readonly documents: readonly DocumentRow[];
  /** Files that are there and could not be read: what they said before stays in force. */
  readonly unreadable?: readonly Finding[];
  readonly slos: readonly SloInForce[];
  /** Where documents of repositories stand on the web, by path. */
  readonly urls?: ReadonlyMap<string, string>;
  /** Revisions of the repositories that the documents are from: by others in between, nothing is done. */
  readonly revisions?: ReadonlyMap<string, string>;
  /** Epoch ms. */
  readonly now: number;
}

/** Any number of our own, beside that of the migrations. */
const LOCK = 7_546_765_502;

/**
 * Makes the catalog like the documents, all or nothing; doing it again changes nothing. Nothing is
 * deleted: an SLO whose document was taken away is retired, one that was renamed (`formerly`) keeps
 * its history and is found under its old name, and each change of a definition is a new version.
 * False: a repository was read again meanwhile, so that older documents would undo newer ones.
 */
export async function applyCatalog(db: Db, input: CatalogInput): Promise<boolean> {
  const { now } = input;
  const slos = input.slos.map(withoutExclusions);
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    if (!(await isCurrent(tx, input))) return false;
    await saveDocuments(tx, input);
    const sliIds = await saveSlis(tx, slos, now);
    await lockEvaluations(tx);
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
    await saveSaidExclusions(tx, { slos: input.slos, renamed, unsure: unsureOf(input), now });
    return true;
  });
}

/** They have rows of their own: a window of maintenance is no new version of an SLO. */
function withoutExclusions(slo: SloInForce): SloInForce {
  const { exclusions: _, ...definition } = slo.definition;
  return { ...slo, definition };
}

/** Files that cannot be read, or have errors: their text is not the one in force. */
function unsureOf({ documents, unreadable = [] }: CatalogInput): Set<string> {
  const broken = documents.filter(({ goodContent }) => goodContent === null);
  return new Set([...broken.map(({ path }) => path), ...unreadable.map(({ file }) => file)]);
}

async function isCurrent(db: Db, { revisions }: CatalogInput): Promise<boolean> {
  return !revisions || isDeepStrictEqual(await readDocumentRevisions(db), revisions);
}
