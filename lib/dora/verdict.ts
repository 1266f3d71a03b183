import type { Attribution } from "#lib/dora/attribution.ts";
import type { Deployment } from "#lib/dora/deployment.ts";
import type { BurnAlert, DeploymentMark, Incident } from "#lib/dora/facts.ts";
import { type Restoration, restorationOf } from "#lib/dora/restoration.ts";
import type { Confidence, Rework, ReworkKind } from "#lib/dora/rework.ts";

/** One reason to call a deployment failed. */
export interface Failure {
  readonly method: "hand" | "incident" | ReworkKind;
  /** Incident, or deployment that mended it; null when it was marked by hand. */
  readonly by: string | null;
  readonly confidence: Confidence;
}

/** What is held of one deployment, and why. */
export interface Verdict {
  readonly deployment: Deployment;
  readonly failed: boolean;
  /** Every reason that was found, also when a person said that it did not fail. */
  readonly failures: readonly Failure[];
  readonly isRework: boolean;
  readonly reworks: readonly Rework[];
  /** Burn alerts that began within 2 h after it: evidence, not yet failure. */
  readonly burnAlerts: readonly BurnAlert[];
  readonly incidentIds: readonly string[];
  /** What ended the failure; null when it did not fail. */
  readonly restoration: Restoration | null;
}

export interface Evidence {
  readonly attributions: readonly Attribution[];
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly reworks: readonly Rework[];
  /** By id of the deployment after which they began. */
  readonly burns: ReadonlyMap<string, readonly BurnAlert[]>;
  /** By id of a deployment; the last one of each pair of opposites counts. */
  readonly marks: ReadonlyMap<string, readonly DeploymentMark[]>;
  readonly deployments: ReadonlyMap<string, Deployment>;
}

/**
 * Judges a deployment by all evidence: failed by an incident, a rollback, a revert, a hotfix or a
 * person's mark; rework by what it mends. A person's word outranks what is inferred.
 * @example judge(evidence)(deployment).failed // true
 */
export function judge(evidence: Evidence): (deployment: Deployment) => Verdict {
  const { attributions, reworks } = evidence;
  const incidentsOf = Map.groupBy(attributions, ({ deploymentId }) => deploymentId);
  const causedBy = Map.groupBy(reworks, ({ causeId }) => causeId);
  const mendedBy = Map.groupBy(reworks, ({ deploymentId }) => deploymentId);
  return (deployment) => {
    const { id } = deployment;
    const blamed = incidentsOf.get(id) ?? [];
    const mends = causedBy.get(id) ?? [];
    const own = mendedBy.get(id) ?? [];
    const burnAlerts = evidence.burns.get(id) ?? [];
    const said = words(evidence.marks.get(id) ?? []);
    const failures = failuresOf(blamed, mends, said.failed === true);
    const failed = said.failed ?? failures.length > 0;
    const incidents = blamed.flatMap(({ incidentId }) => evidence.incidents.get(incidentId) ?? []);
    const mendings = mends.flatMap(({ deploymentId }) => {
      const mending = evidence.deployments.get(deploymentId);
      return mending ? [mending] : [];
    });
    return {
      deployment,
      failed,
      failures,
      isRework: said.rework ?? own.length > 0,
      reworks: own,
      burnAlerts,
      incidentIds: blamed.map(({ incidentId }) => incidentId),
      restoration: failed ? restorationOf({ deployment, incidents, burnAlerts, mendings }) : null,
    };
  };
}

function failuresOf(
  blamed: readonly Attribution[],
  mends: readonly Rework[],
  byHand: boolean,
): Failure[] {
  const hand: Failure[] = byHand ? [{ method: "hand", by: null, confidence: "high" }] : [];
  return [
    ...hand,
    ...blamed.map(({ incidentId, confidence }) => ({
      method: "incident" as const,
      by: incidentId,
      confidence: confidence ?? "low",
    })),
    // A fix of an incident blames through the incident.
    ...mends
      .filter(({ kind }) => kind !== "incident")
      .map(({ kind, deploymentId, confidence }) => ({
        method: kind,
        by: deploymentId,
        confidence,
      })),
  ];
}

function words(marks: readonly DeploymentMark[]): { failed?: boolean; rework?: boolean } {
  const said: { failed?: boolean; rework?: boolean } = {};
  for (const { mark } of marks) {
    if (mark === "failed" || mark === "not-failed") said.failed = mark === "failed";
    else said.rework = mark === "rework";
  }
  return said;
}
