import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { policyTransitions, sloStates } from "#db/schema/index.ts";
import { followAlerts } from "#db/writes/alerts.ts";
import type { EvaluatedSlo } from "#db/writes/evaluated.ts";
import { saveStatus } from "#db/writes/status.ts";

export { saveHistory } from "#db/writes/history.ts";
export type { EvaluatedSlo };

/** Writes status rows, changes of state and of policy state, and alerts, all or nothing. */
export async function saveEvaluations(db: Db, evaluated: readonly EvaluatedSlo[]): Promise<void> {
  if (evaluated.length === 0) return;
  await db.transaction(async (tx) => {
    await saveStatus(tx, evaluated);
    for (const part of chunks(evaluated.filter(hasChanged).map(stateRow))) {
      await tx.insert(sloStates).values(part);
    }
    for (const part of chunks(evaluated.flatMap(transitionRow))) {
      await tx.insert(policyTransitions).values(part);
    }
    await followAlerts(tx, evaluated);
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
