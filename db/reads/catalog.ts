import { and, asc, eq, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import {
  documents,
  sliProgress,
  slis,
  sloReadings,
  sloStatus,
  slos,
  sloVersions,
} from "#db/schema/index.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** An SLO in force: its definition, how far its SLI is known, and its newest evaluation. */
export interface CatalogSlo {
  readonly id: number;
  readonly service: string;
  readonly name: string;
  readonly version: number;
  /** Since when this definition is in force, epoch ms. */
  readonly validFrom: number;
  readonly definition: SloDefinition;
  readonly sliId: number;
  readonly source: string;
  readonly firstCoveredAt: number | null;
  readonly lastCoveredAt: number | null;
  readonly backfilledAt: number | null;
  readonly status: SloStatus | null;
  readonly detail: SloDetail | null;
  /** Of the definition that `status` was evaluated with. */
  readonly statusVersion: number | null;
}

const CURRENT = and(eq(sloVersions.sloId, slos.id), eq(sloVersions.version, slos.version)) as SQL;

/** Every SLO in force, those of one source if asked; by id. */
export function readCatalog(db: Db, of: { readonly source?: string } = {}): Promise<CatalogSlo[]> {
  return db
    .select({
      id: slos.id,
      service: slos.service,
      name: slos.name,
      version: slos.version,
      validFrom: sloVersions.validFrom,
      definition: sloVersions.definition,
      sliId: sloVersions.sliId,
      source: slis.source,
      firstCoveredAt: sliProgress.firstCoveredAt,
      lastCoveredAt: sliProgress.lastCoveredAt,
      backfilledAt: sliProgress.backfilledAt,
      status: sloReadings.status,
      detail: sloReadings.detail,
      statusVersion: sloStatus.version,
    })
    .from(slos)
    .innerJoin(sloVersions, CURRENT)
    .innerJoin(slis, eq(slis.id, sloVersions.sliId))
    .leftJoin(sliProgress, eq(sliProgress.sliId, slis.id))
    .leftJoin(sloStatus, eq(sloStatus.sloId, slos.id))
    .leftJoin(sloReadings, eq(sloReadings.sloId, slos.id))
    .where(and(isNull(slos.retiredAt), of.source ? eq(slis.source, of.source) : undefined))
    .orderBy(asc(slos.id));
}

/** The last text without errors of each document that is still there, by path. */
export async function readGoodDocuments(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .select({ path: documents.path, content: documents.goodContent })
    .from(documents)
    .where(and(isNull(documents.removedAt), isNotNull(documents.goodContent)));
  return new Map(rows.flatMap(({ path, content }) => (content === null ? [] : [[path, content]])));
}

export type { SloRecord, SloVersion } from "#db/reads/slo.ts";
export { readSlo, readVersions } from "#db/reads/slo.ts";
