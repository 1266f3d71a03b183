import type { Deployment } from "#lib/dora/deployment.ts";
import type { BurnAlert, Incident } from "#lib/dora/facts.ts";

/** What ended a failure, and when (epoch ms); null = it goes on. */
export interface Restoration {
  readonly at: number | null;
  readonly by: "incident" | "burn-alert" | "deployment" | null;
}

export interface RestorationInput {
  readonly deployment: Pick<Deployment, "finishedAt">;
  /** Caused by it. */
  readonly incidents: readonly Pick<Incident, "resolvedAt">[];
  /** Began within 2 h after it. */
  readonly burnAlerts: readonly Pick<BurnAlert, "endedAt">[];
  /** Rolled it back, reverted or fixed it. */
  readonly mendings: readonly Pick<Deployment, "finishedAt">[];
}

/**
 * When a failed deployment was restored: when the last of its incidents was resolved, else when the
 * last burn alert cleared, else when the first remediating deployment finished. Open while one of the
 * incidents (or alerts) is, and when nothing tells.
 * @example restorationOf(input) // { at: 1_767_225_600_000, by: "incident" }
 */
export function restorationOf(input: RestorationInput): Restoration {
  const { incidents, burnAlerts, mendings } = input;
  if (incidents.length > 0) {
    return { by: "incident", at: lastEnd(incidents.map(({ resolvedAt }) => resolvedAt)) };
  }
  if (burnAlerts.length > 0) {
    return { by: "burn-alert", at: lastEnd(burnAlerts.map(({ endedAt }) => endedAt)) };
  }
  if (mendings.length === 0) return { by: null, at: null };
  return { by: "deployment", at: Math.min(...mendings.map(({ finishedAt }) => finishedAt)) };
}

function lastEnd(ends: readonly (number | null)[]): number | null {
  return ends.reduce(
    (last, end) => (last === null || end === null ? null : Math.max(last, end)),
    0,
  );
}
