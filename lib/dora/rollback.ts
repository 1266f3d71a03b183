import type { Deployment } from "#lib/dora/deployment.ts";
import type { Rework } from "#lib/dora/rework.ts";

/**
 * Returns to a version that ran before, in one environment's deployments in order. After V1, V2, V3,
 * V1 the first deployment after the version returned to (V2) has failed, and the last is rework. To go
 * forward again to what was rolled back is neither: nothing but rollbacks lies between.
 * @example rollbacksIn([v1, v2, v3, v1Again])[0] // { causeId: v2.id, deploymentId: v1Again.id, … }
 */
export function rollbacksIn(sequence: readonly Deployment[]): Rework[] {
  const lastIndex = new Map<string, number>();
  const isRollback: boolean[] = [];
  const found: Rework[] = [];
  sequence.forEach((deployment, i) => {
    const before = lastIndex.get(deployment.version);
    lastIndex.set(deployment.version, i);
    const cause = before === undefined ? null : firstForward(sequence, isRollback, before + 1, i);
    isRollback.push(cause !== null);
    if (cause) found.push(rollback(deployment, cause));
  });
  return found;
}

function firstForward(
  sequence: readonly Deployment[],
  isRollback: readonly boolean[],
  from: number,
  to: number,
): Deployment | null {
  for (let i = from; i < to; i++) if (!isRollback[i]) return sequence[i] ?? null;
  return null;
}

function rollback({ id }: Deployment, cause: Deployment): Rework {
  return {
    kind: "rollback",
    deploymentId: id,
    causeId: cause.id,
    changeId: null,
    confidence: "high",
  };
}
