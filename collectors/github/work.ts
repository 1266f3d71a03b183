import type { DeploymentRecord, DeploymentSource } from "#lib/dora/facts.ts";

/** What one run is to bring up to date. */
export interface GithubWork {
  readonly repositories: readonly RepositoryWork[];
  /** An issue with one of these is an incident; none = no incidents from GitHub. */
  readonly incidentLabels: readonly string[];
  /** Epoch ms. */
  readonly now: number;
  /** How far back history is fetched. */
  readonly historyMs: number;
  /** What pipelines handed in for services of these repositories. */
  readonly posted: readonly PostedRecord[];
}

/** A deployment that a pipeline handed in. */
export interface PostedRecord {
  readonly record: DeploymentRecord;
  /** Its pipeline told what it brought, so that nobody needs to work it out. */
  readonly hasCommits: boolean;
}

export interface RepositoryWork {
  readonly owner: string;
  readonly name: string;
  readonly services: readonly ServiceRule[];
}

/** Which of a repository's deployments are a service's. Patterns are regular expressions, any case. */
export interface ServiceRule {
  readonly service: string;
  /** Environments that belong to the service; null = all. */
  readonly environments: string | null;
  /** Environments whose shipped commits are worked out. */
  readonly production: string;
  /** `auto`: the best that there is (collectors/github/sources.ts); `api`: what its pipeline hands in. */
  readonly source: "auto" | DeploymentSource;
  /** Tags that are the service's versions; null = all for releases, versions for tags. */
  readonly tags: string | null;
  /** File name of the workflow whose runs are deployments; null = none is. */
  readonly workflow: string | null;
  /** Globs of the files whose changes are the service's; null = all of the repository's. */
  readonly paths: readonly string[] | null;
}

/** A rule whose source is settled. */
export interface SettledRule extends ServiceRule {
  readonly source: DeploymentSource;
}

export function matches(pattern: string, text: string): boolean {
  return new RegExp(pattern, "i").test(text);
}
