import type { DeploymentSource } from "#lib/dora/facts.ts";

/** What one run is to bring up to date. */
export interface GithubWork {
  readonly repositories: readonly RepositoryWork[];
  /** An issue with one of these is an incident; none = no incidents from GitHub. */
  readonly incidentLabels: readonly string[];
  /** Epoch ms. */
  readonly now: number;
  /** How far back history is fetched. */
  readonly historyMs: number;
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
  /** `auto`: the best that the repository has. */
  readonly source: "auto" | Exclude<DeploymentSource, "api">;
  /** Tags that are the service's versions; null = all for releases, versions for tags. */
  readonly tags: string | null;
  /** File name of the workflow whose runs are deployments; null = none is. */
  readonly workflow: string | null;
}

export function matches(pattern: string, text: string): boolean {
  return new RegExp(pattern, "i").test(text);
}
