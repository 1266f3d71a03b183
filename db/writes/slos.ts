import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { owedItems, sloStatus, slos, sloVersions } from "#db/schema/index.ts";
import type { KnownSlo, Pair, SloInForce } from "#db/writes/match.ts";
import { tellRestored } from "#db/writes/retire.ts";

interface Context {
  readonly sliIds: ReadonlyMap<string, number>;
  readonly now: number;
}

/** Every SLO there ever was, with its newest definition. */
export function readKnownSlos(db: Db): Promise<KnownSlo[]> {
  return db
    .select({
      id: slos.id,
      service: slos.service,
      name: slos.name,
      team: slos.team,
      documentPath: slos.documentPath,
      version: slos.version,
      sliId: sloVersions.sliId,
      definition: sloVersions.definition,
      retiredAt: slos.retiredAt,
    })
    .from(slos)
    .innerJoin(
      sloVersions,
      and(eq(sloVersions.sloId, slos.id), eq(sloVersions.version, slos.version)),
    );
}

/** The new name, with all that belongs to the SLO; old names are kept by `saveAliases`. */
export async function renameSlos(db: Db, renamed: readonly Pair[]): Promise<void> {
  for (const { known, wanted } of renamed) {
    const { service, name } = wanted.definition;
    await db.update(slos).set({ service, name }).where(eq(slos.id, known.id));
    await db.update(sloStatus).set({ service, name }).where(eq(sloStatus.sloId, known.id));
    await db.update(owedItems).set({ service, slo: name }).where(eq(owedItems.sloId, known.id));
  }
}

/** Brings stored SLOs up to date: a changed definition is a new version, from now on. */
export async function reviseSlos(
  db: Db,
  found: readonly Pair[],
  { sliIds, now }: Context,
): Promise<void> {
  for (const { known, wanted } of found) {
    const sliId = sliIdOf(sliIds, wanted);
    const changed = sliId !== known.sliId || !isSame(known, wanted);
    const moved = known.documentPath !== wanted.path || known.retiredAt !== null;
    if (!changed && !moved) continue;
    const version = known.version + (changed ? 1 : 0);
    if (changed) {
      const { definition, origin } = wanted;
      await db
        .insert(sloVersions)
        .values({ sloId: known.id, version, validFrom: now, sliId, definition, ...origin });
    }
    const { team } = wanted.definition;
    await db
      .update(slos)
      .set({ team, version, documentPath: wanted.path, retiredAt: null })
      .where(eq(slos.id, known.id));
    await db.update(sloStatus).set({ team, retired: false }).where(eq(sloStatus.sloId, known.id));
  }
  await tellRestored(db, found.flatMap(restored), now);
}

/** By the name and the team that it has now. */
function restored({ known, wanted: { definition } }: Pair): KnownSlo[] {
  const { service, name, team } = definition;
  return known.retiredAt === null ? [] : [{ ...known, definition, service, name, team }];
}

export async function addSlos(
  db: Db,
  added: readonly SloInForce[],
  { sliIds, now }: Context,
): Promise<void> {
  for (const part of chunks(added)) {
    const rows = part.map(({ definition: { service, name, team }, path }) => ({
      service,
      name,
      team,
      documentPath: path,
      version: 1,
      createdAt: now,
    }));
    const ids = await db.insert(slos).values(rows).returning({ id: slos.id });
    await db.insert(sloVersions).values(
      part.map((slo, i) => ({
        sloId: ids[i]?.id as number,
        version: 1,
        validFrom: now,
        sliId: sliIdOf(sliIds, slo),
        definition: slo.definition,
        commit: slo.origin?.commit ?? null,
        url: slo.origin?.url ?? null,
      })),
    );
  }
}

function sliIdOf(sliIds: ReadonlyMap<string, number>, { sliKey }: SloInForce): number {
  const id = sliIds.get(sliKey);
  if (id === undefined) throw new Error(`the SLI ${sliKey} was not saved`);
  return id;
}

/** As stored: the order of keys does not matter, and undefined is absent. */
function isSame({ definition }: KnownSlo, wanted: SloInForce): boolean {
  return isDeepStrictEqual(definition, JSON.parse(JSON.stringify(wanted.definition)));
}
