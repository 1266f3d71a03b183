/** Deployments that nobody planned, and what they mend. */

export type ReworkKind = "rollback" | "revert" | "hotfix" | "incident";

/** How far an inference can be trusted. */
export type Confidence = "high" | "medium" | "low";

/** One reason why a deployment is rework, and the deployment that made it necessary. */
export interface Rework {
  readonly kind: ReworkKind;
  /** The mending deployment. */
  readonly deploymentId: string;
  /** The failed deployment; null = not known. */
  readonly causeId: string | null;
  /** The change that reverts or fixes; null for a rollback. */
  readonly changeId: string | null;
  readonly confidence: Confidence;
}
