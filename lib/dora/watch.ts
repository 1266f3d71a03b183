import type { CostDeployment, CostInput } from "#lib/dora/costInput.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

/** The time after a deployment in which bad events are laid at its door. Epoch ms. */
export interface Watch {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** With nothing that tells how long it hurt, and at the very most. */
const ALONE_MS = HOUR;
const LONGEST_MS = DAY;

/** A burn that begins so soon after a deployment is taken for its doing. */
const BURN_MS = 2 * HOUR;

/**
 * How long each deployment is watched: until the last incident that it caused, or burn alert that began
 * within 2 h after it, ends, at most 24 h; without either 1 h; and never past the next deployment, so
 * that no two watches overlap. Deployments ascend by the time at which they finished.
 * @example watchesOf(input)[0] // { id: "d7", from: finishedAt, to: finishedAt + HOUR }
 */
export function watchesOf(
  input: Pick<CostInput, "deployments" | "incidents" | "burnAlerts">,
): Watch[] {
  const incidents = Map.groupBy(input.incidents, ({ deploymentId }) => deploymentId);
  return input.deployments.map((deployment, i) => {
    const { id, finishedAt: from } = deployment;
    const next = input.deployments[i + 1]?.finishedAt ?? Number.POSITIVE_INFINITY;
    const ends = [
      ...(incidents.get(id) ?? []).map(({ resolvedAt }) => resolvedAt),
      ...burnsAfter(deployment, next, input.burnAlerts),
    ].map((end) => end ?? Number.POSITIVE_INFINITY);
    const end = ends.length > 0 ? Math.max(...ends) : from + ALONE_MS;
    return { id, from, to: Math.max(from, Math.min(end, next, from + LONGEST_MS)) };
  });
}

function burnsAfter(
  { finishedAt }: CostDeployment,
  next: number,
  burnAlerts: CostInput["burnAlerts"],
): (number | null)[] {
  return burnAlerts
    .filter(({ startedAt }) => startedAt >= finishedAt && startedAt < next)
    .filter(({ startedAt }) => startedAt - finishedAt <= BURN_MS)
    .map(({ endedAt }) => endedAt);
}
