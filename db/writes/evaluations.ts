import { sql } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { ints } from "#db/params.ts";
import { rowsOf } from "#db/rows.ts";
import { policyTransitions, sloStates } from "#db/schema/index.ts";
import { followAlerts } from "#db/writes/alerts.ts";
import type { EvaluatedSlo } from "#db/writes/evaluated.ts";
import { noticesOf, readToldBefore } from "#db/writes/evaluationNotices.ts";
import { writeNotices } from "#db/writes/notices.ts";
import { saveStatus } from "#db/writes/status.ts";

export { saveHistory } from "#db/writes/history.ts";
export type { EvaluatedSlo };

/** Any number of our own, beside those of the migrations and the catalog. */
const LOCK = 7_546_765_503;

/**
 * Writes status rows, changes of state and of policy state, alerts and notices of them, all or nothing. What was
 * overtaken is left out: a worker that was taken for dead may wake up beside its successor, and its
 * changes would be written twice.
 */
export async function saveEvaluations(db: Db, all: readonly EvaluatedSlo[]): Promise<void> {
  if (all.length === 0) return;
  await db.transaction(async (tx) => {
    await lockEvaluations(tx);
    const evaluated = await withoutOvertaken(tx, all);
    if (evaluated.length === 0) return;
    await saveStatus(tx, evaluated);
    for (const part of chunks(evaluated.filter(hasChanged).map(stateRow))) {
      await tx.insert(sloStates).values(part);
    }
    for (const part of chunks(evaluated.flatMap(transitionRow))) {
      await tx.insert(policyTransitions).values(part);
    }
    const open = await followAlerts(tx, evaluated);
    const told = await readToldBefore(tx, evaluated, open);
    await writeNotices(tx, noticesOf(evaluated, { open, told }));
  });
}

/** Whoever changes or ends what evaluations write does it between two of them. */
export async function lockEvaluations(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
}

interface Present {
  readonly id: number;
  readonly evaluatedAt: number | null;
}

/** Those that are still in force and whose newest evaluation is the one that this one followed. */
async function withoutOvertaken(db: Db, evaluated: readonly EvaluatedSlo[]) {
  const present = await rowsOf<Present>(
    db,
    sql`select o.id, s.evaluated_at as "evaluatedAt"
      from slos o left join slo_status s on s.slo_id = o.id
      where o.id = any(${ints(evaluated.map(({ slo }) => slo.id))}) and o.retired_at is null`,
  );
  const newest = new Map(present.map(({ id, evaluatedAt }) => [id, evaluatedAt]));
  return evaluated.filter(({ slo: { id, status } }) => {
    const followed = status === null ? null : Date.parse(status.asOf);
    return newest.get(id) === followed;
  });
}

function hasChanged({ slo, evaluation: { status } }: EvaluatedSlo): boolean {
  const before = slo.status;
  return (
    before === null ||
    before.state !== status.state ||
    before.policyState !== status.policyState ||
    before.held !== status.held ||
    before.alert?.tier !== status.alert?.tier ||
    slo.statusVersion !== slo.version
  );
}

function stateRow({ slo, evaluation: { status } }: EvaluatedSlo): typeof sloStates.$inferInsert {
  return {
    sloId: slo.id,
    at: Date.parse(status.asOf),
    state: status.state,
    policyState: status.policyState,
    held: status.held,
    tier: status.alert?.tier ?? null,
    version: slo.version,
    consumed: status.consumed,
  };
}

function transitionRow({
  slo,
  evaluation,
}: EvaluatedSlo): (typeof policyTransitions.$inferInsert)[] {
  const { status, transition } = evaluation;
  if (!transition) return [];
  return [
    {
      sloId: slo.id,
      at: Date.parse(status.asOf),
      fromState: transition.from,
      toState: transition.to,
      cause: transition.cause,
      consumed: status.consumed,
      good: status.good,
      total: status.total,
      coverage: status.coverage,
      version: slo.version,
      watermark: status.watermark === null ? null : Date.parse(status.watermark),
    },
  ];
}
