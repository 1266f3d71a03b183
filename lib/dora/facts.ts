/** What the delivery numbers are made of. Times are epoch ms; ids are stable across syncs. */

/** Where a deployment was learned from, most trustworthy first. */
export type DeploymentSource = "api" | "deployment" | "release" | "tag" | "workflow" | "merge";

/** One status that a deployment went through, in GitHub's words (lower case, `_`), e.g. `success`. */
export interface DeploymentStatus {
  readonly state: string;
  readonly at: number;
}

/** A deployment as its source tells it, before matrix jobs and redeploys are made one. */
export interface DeploymentRecord {
  readonly id: string;
  readonly service: string;
  readonly environment: string;
  /** Null where a source names only a version. */
  readonly sha: string | null;
  /** Tag, version or branch, as shown to people. */
  readonly ref: string | null;
  readonly createdAt: number;
  readonly statuses: readonly DeploymentStatus[];
  readonly source: DeploymentSource;
  readonly url: string | null;
  readonly creator: string | null;
}

/** A commit that belongs to a change. Authored, not committed: a rebase resets the latter. */
export interface ChangeCommit {
  readonly sha: string;
  readonly authoredAt: number;
}

/** A merged pull request, or a commit that came without one. */
export interface Change {
  /** `pr:<repository node id>#<number>`, `commit:<sha>`, or `commit:<service>:<sha>` of a pipeline's own. */
  readonly id: string;
  readonly repository: string;
  /** Number of the pull request; null for a lone commit. */
  readonly number: number | null;
  readonly title: string;
  readonly url: string | null;
  readonly author: string | null;
  readonly bot: boolean;
  readonly labels: readonly string[];
  /** The branch's own commits, in any order; the first is the one authored first. */
  readonly commits: readonly ChangeCommit[];
  /** Commits of the main line that brought the change: the merge, the squash or the rebased ones. */
  readonly mergeShas: readonly string[];
  readonly openedAt: number | null;
  /** The last time it was marked ready for review; else when it was opened. */
  readonly readyAt: number | null;
  readonly firstReviewAt: number | null;
  readonly mergedAt: number;
  /** Sha or change id of what this one takes back, when its text says so. */
  readonly reverts: string | null;
}

/** The commits that a deployment brought: ancestors of its sha that are not ancestors of the one before. */
export interface ShippedCommits {
  readonly deploymentId: string;
  readonly previousSha: string | null;
  readonly shas: readonly string[];
  /** `low` when the previous sha is not an ancestor (force-push) and the merge base was taken. */
  readonly confidence: "high" | "low";
  /** False when the walk ended before it met the previous sha. */
  readonly complete: boolean;
}

export type Severity = "SEV1" | "SEV2" | "SEV3";

/** What a person or the incident's own text ties it to; the attribution ladder reads these. */
export interface IncidentLink {
  readonly method: "hand" | "explicit" | "remediation";
  /** Exactly one is given: the deployment that caused it, or a sha or change that was deployed or mends it. */
  readonly deploymentId?: string;
  readonly sha?: string;
  readonly changeId?: string;
}

export interface Incident {
  readonly id: string;
  readonly service: string;
  readonly title: string;
  readonly url: string | null;
  readonly severity: Severity;
  readonly startedAt: number;
  readonly detectedAt: number | null;
  readonly mitigatedAt: number | null;
  /** Null while it is open. */
  readonly resolvedAt: number | null;
  readonly links: readonly IncidentLink[];
  /** What kind of trouble it was, in the team's own words; absent or null where nobody says. */
  readonly incidentClass?: string | null;
}

/** A time in which a burn tier of one of the service's SLOs fired. */
export interface BurnAlert {
  readonly service: string;
  readonly slo: string;
  readonly tier: string;
  readonly startedAt: number;
  /** Null while it fires. */
  readonly endedAt: number | null;
}

/** A person's word on one deployment, which outranks what is inferred. */
export interface DeploymentMark {
  readonly deploymentId: string;
  readonly mark: "failed" | "not-failed" | "rework" | "not-rework";
}
