import { and, asc, desc, eq, gte, isNotNull, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import {
  burnAlerts,
  policyTransitions,
  sliProgress,
  slis,
  sloStates,
  slos,
  sloVersions,
} from "#db/schema/index.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

export type RecordedSloState = typeof sloStates.$inferSelect;
export type PolicyTransitionRow = typeof policyTransitions.$inferSelect;
export type BurnAlertRow = typeof burnAlerts.$inferSelect;

/** A stretch of time `[from, to)`, epoch ms. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The state that was recorded last at or before `at` (epoch ms); null before the first. */
export async function readStateAt(
  db: Db,
  sloId: number,
  at: number,
): Promise<RecordedSloState | null> {
  const [row] = await db
    .select()
    .from(sloStates)
    .where(and(eq(sloStates.sloId, sloId), lte(sloStates.at, at)))
    .orderBy(desc(sloStates.at), desc(sloStates.id))
    .limit(1);
  return row ?? null;
}

/** Since when the states of an SLO are recorded (epoch ms); null before its first evaluation. */
export async function readRecordedSince(db: Db, sloId: number): Promise<number | null> {
  const { at } = sloStates;
  const [row] = await db
    .select({ at })
    .from(sloStates)
    .where(eq(sloStates.sloId, sloId))
    .orderBy(asc(at))
    .limit(1);
  return row?.at ?? null;
}

/** Recorded changes of state in a range, oldest first. */
export function readStates(db: Db, sloId: number, range: Range): Promise<RecordedSloState[]> {
  const { at } = sloStates;
  return db
    .select()
    .from(sloStates)
    .where(and(eq(sloStates.sloId, sloId), gte(at, range.from), lt(at, range.to)))
    .orderBy(asc(at), asc(sloStates.id));
}

/** Changes of policy state in a range, newest first. */
export function readTransitions(
  db: Db,
  sloId: number,
  range: Range,
): Promise<PolicyTransitionRow[]> {
  const { at } = policyTransitions;
  return db
    .select()
    .from(policyTransitions)
    .where(and(eq(policyTransitions.sloId, sloId), gte(at, range.from), lt(at, range.to)))
    .orderBy(desc(at), desc(policyTransitions.id));
}

/** Burn alerts that were on at some time of a range, oldest first. */
export function readBurnAlerts(db: Db, sloId: number, range: Range): Promise<BurnAlertRow[]> {
  const { startedAt, endedAt } = burnAlerts;
  return db
    .select()
    .from(burnAlerts)
    .where(
      and(
        eq(burnAlerts.sloId, sloId),
        lt(startedAt, range.to),
        or(isNull(endedAt), gte(endedAt, range.from)),
      ),
    )
    .orderBy(asc(startedAt), asc(burnAlerts.id));
}

/** An SLO whose history is complete and has not been looked through with its present definition. */
export interface HistoryDue {
  readonly id: number;
  readonly version: number;
  readonly definition: SloDefinition;
  readonly sliId: number;
  /** Where its known history begins, epoch ms. */
  readonly from: number;
}

/** The SLOs of a source, at most `limit`, for which alerts of the past are still to be recorded. */
export function readHistoryDue(
  db: Db,
  of: { readonly source: string; readonly limit: number },
): Promise<HistoryDue[]> {
  return db
    .select({
      id: slos.id,
      version: slos.version,
      definition: sloVersions.definition,
      sliId: sloVersions.sliId,
      from: sql<number>`coalesce(${sliProgress.firstCoveredAt}, ${sliProgress.backfilledAt})`,
    })
    .from(slos)
    .innerJoin(
      sloVersions,
      and(eq(sloVersions.sloId, slos.id), eq(sloVersions.version, slos.version)),
    )
    .innerJoin(slis, and(eq(slis.id, sloVersions.sliId), eq(slis.source, of.source)))
    .innerJoin(sliProgress, eq(sliProgress.sliId, slis.id))
    .where(
      and(
        isNull(slos.retiredAt),
        isNull(sloVersions.historyAt),
        isNotNull(sliProgress.backfilledAt),
      ),
    )
    .orderBy(asc(slos.id))
    .limit(of.limit);
}
