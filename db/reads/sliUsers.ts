import { and, asc, eq, inArray, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { sliProgress, slis, slos, sloVersions } from "#db/schema/index.ts";

/** An SLO in force that is counted by an SLI, and what the server says of the SLI's query. */
export interface SliUser {
  readonly sliId: number;
  readonly service: string;
  readonly name: string;
  /** While the server refuses the query. */
  readonly error: string | null;
}

/** The SLOs of a source whose queries the server refuses, at most `limit`, by name. */
export function readRefused(db: Db, source: string, limit: number): Promise<SliUser[]> {
  return readUsers(db, and(eq(slis.source, source), isNotNull(sliProgress.error)), limit);
}

/** The SLOs that use these SLIs, by name. */
export async function readUsersOf(db: Db, sliIds: readonly number[]): Promise<SliUser[]> {
  if (sliIds.length === 0) return [];
  return readUsers(db, inArray(slis.id, [...sliIds]), 1000);
}

function readUsers(db: Db, where: SQL | undefined, limit: number): Promise<SliUser[]> {
  return db
    .select({
      sliId: slis.id,
      service: slos.service,
      name: slos.name,
      error: sliProgress.error,
    })
    .from(slos)
    .innerJoin(
      sloVersions,
      and(eq(sloVersions.sloId, slos.id), eq(sloVersions.version, slos.version)),
    )
    .innerJoin(slis, eq(slis.id, sloVersions.sliId))
    .leftJoin(sliProgress, eq(sliProgress.sliId, slis.id))
    .where(and(isNull(slos.retiredAt), where))
    .orderBy(asc(slos.service), asc(slos.name))
    .limit(limit);
}
