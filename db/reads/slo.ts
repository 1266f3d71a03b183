import { and, asc, desc, eq, isNull, lte, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/connection.ts";
import { documents, sloAliases, sloReadings, slos, sloVersions } from "#db/schema/index.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import type { Finding, SloDefinition } from "#lib/spec/model.ts";

/** One SLO as its page shows it, in force or retired. */
export interface SloRecord {
  readonly kind: "slo";
  readonly id: number;
  readonly service: string;
  readonly name: string;
  readonly team: string | null;
  readonly version: number;
  readonly definition: SloDefinition;
  readonly sliId: number;
  readonly createdAt: number;
  readonly retiredAt: number | null;
  readonly documentPath: string;
  /** Where its document stands on the web; null for a file of the folder. */
  readonly documentUrl: string | null;
  /** Null until the first evaluation. */
  readonly status: SloStatus | null;
  readonly detail: SloDetail | null;
  /** What was found in its document, about it or about others. */
  readonly findings: readonly Finding[];
}

/** The SLO was renamed: this is its name now. */
export interface MovedSlo {
  readonly kind: "moved";
  readonly service: string;
  readonly name: string;
}

/** An SLO by its name; by a former name, where it is now; null when there never was one. */
export async function readSlo(
  db: Db,
  service: string,
  name: string,
): Promise<SloRecord | MovedSlo | null> {
  if (`${service}${name}`.includes("\0")) return null; // PostgreSQL refuses such a text.
  const [row] = await selectSlo(db, and(eq(slos.service, service), eq(slos.name, name)));
  if (row) {
    const { ofRepository, ...record } = row;
    const findings = [...(ofRepository ?? []), ...(row.findings ?? [])];
    return { kind: "slo", ...record, findings };
  }
  const [moved] = await db
    .select({ service: slos.service, name: slos.name })
    .from(sloAliases)
    .innerJoin(slos, eq(slos.id, sloAliases.sloId))
    .where(and(eq(sloAliases.service, service), eq(sloAliases.name, name)));
  return moved ? { kind: "moved", ...moved } : null;
}

/** The repository of its document as a whole, which is there while it cannot be read. */
const whole = alias(documents, "whole");
const WHOLE = sql`split_part(${slos.documentPath}, ':', 1) || ':'`;

function selectSlo(db: Db, where: SQL | undefined) {
  return db
    .select({
      id: slos.id,
      service: slos.service,
      name: slos.name,
      team: slos.team,
      version: slos.version,
      definition: sloVersions.definition,
      sliId: sloVersions.sliId,
      createdAt: slos.createdAt,
      retiredAt: slos.retiredAt,
      documentPath: slos.documentPath,
      documentUrl: documents.url,
      status: sloReadings.status,
      detail: sloReadings.detail,
      findings: documents.findings,
      ofRepository: whole.findings,
    })
    .from(slos)
    .innerJoin(
      sloVersions,
      and(eq(sloVersions.sloId, slos.id), eq(sloVersions.version, slos.version)),
    )
    .leftJoin(sloReadings, eq(sloReadings.sloId, slos.id))
    .leftJoin(documents, eq(documents.path, slos.documentPath))
    .leftJoin(whole, and(eq(whole.path, WHOLE), isNull(whole.removedAt)))
    .where(where);
}

/** A definition that was in force from `validFrom` (epoch ms) on. */
export interface SloVersion {
  readonly version: number;
  readonly validFrom: number;
  readonly sliId: number;
  readonly definition: SloDefinition;
  /** Where it was read, as the commit had it; null for a file of the folder. */
  readonly commit: string | null;
  readonly url: string | null;
}

const VERSION = {
  version: sloVersions.version,
  validFrom: sloVersions.validFrom,
  sliId: sloVersions.sliId,
  definition: sloVersions.definition,
  commit: sloVersions.commit,
  url: sloVersions.url,
};

/** Every definition that was in force, oldest first. */
export function readVersions(db: Db, sloId: number): Promise<SloVersion[]> {
  return db
    .select(VERSION)
    .from(sloVersions)
    .where(eq(sloVersions.sloId, sloId))
    .orderBy(asc(sloVersions.version));
}

/** The definition in force at `at` (epoch ms); before the first, the first; null for an unknown SLO. */
export async function readDefinitionAt(
  db: Db,
  sloId: number,
  at: number,
): Promise<SloVersion | null> {
  const versions = db.select(VERSION).from(sloVersions);
  const [then] = await versions
    .where(and(eq(sloVersions.sloId, sloId), lte(sloVersions.validFrom, at)))
    .orderBy(desc(sloVersions.version))
    .limit(1);
  return then ?? (await readVersions(db, sloId))[0] ?? null;
}
