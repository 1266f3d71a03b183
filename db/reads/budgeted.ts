import { and, asc, eq, gte, inArray, isNull, or } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { sliProgress, sloStatus, slos, sloVersions } from "#db/schema/index.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** An SLO, with all that its budgets of any time are computed from but the totals. */
export interface BudgetedSlo {
  readonly id: number;
  readonly service: string;
  readonly name: string;
  /** Exclusive end of the newest evaluation's windows, epoch ms. */
  readonly evaluatedAt: number;
  /** Oldest first, never empty. */
  readonly versions: readonly BudgetedVersion[];
}

export interface BudgetedVersion {
  readonly validFrom: number;
  readonly definition: SloDefinition;
  readonly sliId: number;
  readonly firstCoveredAt: number | null;
}

/**
 * The SLOs of some services that were evaluated, by service and name: those in force, or, of a time in the
 * past, that were still in force then (epoch ms).
 */
export async function readBudgeted(
  db: Db,
  services: readonly string[],
  then: number | null = null,
): Promise<BudgetedSlo[]> {
  const lasted = then === null ? undefined : gte(slos.retiredAt, then);
  if (services.length === 0) return [];
  const rows = await db
    .select({
      id: slos.id,
      service: slos.service,
      name: slos.name,
      evaluatedAt: sloStatus.evaluatedAt,
      validFrom: sloVersions.validFrom,
      definition: sloVersions.definition,
      sliId: sloVersions.sliId,
      firstCoveredAt: sliProgress.firstCoveredAt,
    })
    .from(slos)
    .innerJoin(sloStatus, eq(sloStatus.sloId, slos.id))
    .innerJoin(sloVersions, eq(sloVersions.sloId, slos.id))
    .leftJoin(sliProgress, eq(sliProgress.sliId, sloVersions.sliId))
    .where(and(inArray(slos.service, [...services]), or(isNull(slos.retiredAt), lasted)))
    .orderBy(asc(slos.service), asc(slos.name), asc(sloVersions.version));
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((versions) => {
    const [first] = versions;
    if (!first) return [];
    const { id, service, name, evaluatedAt } = first;
    return [{ id, service, name, evaluatedAt, versions }];
  });
}
