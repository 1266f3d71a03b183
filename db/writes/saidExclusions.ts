import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { exclusions } from "#db/schema/index.ts";
import { writeAudit } from "#db/writes/audit.ts";
import { type ExclusionRow, writeOut } from "#db/writes/exclusionSpans.ts";
import { loggable } from "#db/writes/exclusions.ts";
import type { Pair, SloInForce } from "#db/writes/match.ts";
import { SYSTEM } from "#lib/access/actor.ts";
import { pairSaid, type Said, saidBy } from "#lib/exclusions/said.ts";

export interface SaidInput {
  readonly slos: readonly SloInForce[];
  /** SLOs that have another name than before. */
  readonly renamed: readonly Pair[];
  /** Files whose text is not the one in force: what they said stays until they are right. */
  readonly unsure: ReadonlySet<string>;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * Makes the exclusions of documents like the documents: added, changed and withdrawn with them, in the
 * name of the file that says them. Doing it again changes nothing.
 */
export async function saveSaidExclusions(db: Db, input: SaidInput): Promise<void> {
  await followNames(db, input.renamed);
  const inForce = and(isNotNull(exclusions.documentPath), isNull(exclusions.cancelledAt));
  const stored = await db.select().from(exclusions).where(inForce).for("update");
  const { changed, added, missing } = pairSaid(stored, saidBy(input.slos));
  for (const { row, said } of changed) await revise(db, input, { row, set: said });
  for (const said of added) await add(db, input, said);
  for (const row of missing.filter((each) => !isUnsure(each, input))) {
    const set = { cancelledAt: input.now, cancelledBy: row.documentPath };
    await revise(db, input, { row, set });
  }
}

/** What a document said of an SLO stays its own under the new name. */
async function followNames(db: Db, renamed: readonly Pair[]): Promise<void> {
  for (const { known, wanted } of renamed) {
    const { service, name } = wanted.definition;
    const isOfIt = and(eq(exclusions.service, known.service), eq(exclusions.slo, known.name));
    await db
      .update(exclusions)
      .set({ service, slo: name })
      .where(and(isNotNull(exclusions.documentPath), isOfIt));
  }
}

/** A file that cannot be read, or has an error anywhere: what it does not say at present may be what is wrong in it. */
function isUnsure({ documentPath }: ExclusionRow, { unsure }: SaidInput): boolean {
  return documentPath !== null && unsure.has(documentPath);
}

async function add(db: Db, input: SaidInput, said: Said): Promise<void> {
  const { now } = input;
  const fixed = { kind: "maintenance", excluded: true, url: null } as const;
  const made = { createdBy: said.documentPath ?? "", createdAt: now, updatedAt: now };
  const [row] = await db
    .insert(exclusions)
    .values({ ...said, ...fixed, ...made })
    .returning();
  if (!row) throw new Error("the exclusion was not kept");
  await writeOut(db, { before: null, after: row }, now);
  await tell(db, input, { before: null, after: row });
}

interface Revision {
  readonly row: ExclusionRow;
  readonly set: Partial<ExclusionRow>;
}

async function revise(db: Db, input: SaidInput, { row: before, set }: Revision): Promise<void> {
  const { now } = input;
  const [after] = await db
    .update(exclusions)
    .set({ ...set, updatedAt: now, revision: before.revision + 1 })
    .where(eq(exclusions.id, before.id))
    .returning();
  if (!after) return;
  await writeOut(db, { before, after }, now);
  await tell(db, input, { before, after });
}

async function tell(
  db: Db,
  { slos, now }: SaidInput,
  { before, after }: { readonly before: ExclusionRow | null; readonly after: ExclusionRow },
): Promise<void> {
  const changed = after.cancelledAt === null ? "exclusion.changed" : "exclusion.cancelled";
  const own = slos.find(({ definition }) => definition.service === after.service);
  await writeAudit(
    db,
    { actor: SYSTEM, address: null, at: now },
    {
      action: before ? changed : "exclusion.added",
      subject: `exclusion:${after.id}`,
      team: own?.definition.team ?? null,
      ...(before ? { before: loggable(before) } : {}),
      after: loggable(after),
    },
  );
}
