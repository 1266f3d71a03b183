/** Why something is not in a number. Each is listed beside it. */
export type ExclusionReason =
  /** Deployments. */
  | "never-succeeded"
  | "unfinished"
  | "same-deployment"
  | "redeploy"
  | "other-source"
  /** Deployments of a service of whose incidents nothing is known. */
  | "incidents-unknown"
  /** Changes. */
  | "first-deployment"
  | "long-gap"
  | "incomplete-walk"
  | "commits-unknown"
  | "commits-not-told"
  | "change-unknown"
  | "bot"
  | "clock-skew"
  /** Recoveries and incidents. */
  | "restored-before-deployed"
  | "not-detected"
  | "times-disordered";

export interface Exclusion {
  readonly reason: ExclusionReason;
  /** Of a deployment, its record, a change or an incident: what the reason is about. */
  readonly id: string;
  readonly service: string;
  /** Epoch ms: by it, it belongs to a range. */
  readonly at: number;
  /** How many are left out: the changes of a whole deployment, or 1. */
  readonly n: number;
}
