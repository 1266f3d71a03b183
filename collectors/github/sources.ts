import type { RepositoryNode } from "#collectors/github/schema.ts";
import type { ServiceRule } from "#collectors/github/work.ts";
import type { DeploymentSource } from "#lib/dora/facts.ts";

export type ListedSource = Exclude<DeploymentSource, "api">;

/** Where a service's deployments are learned from: the best that the repository has. */
export function sourceOf(rule: ServiceRule, repository: RepositoryNode): ListedSource {
  if (rule.source !== "auto") return rule.source;
  if ((repository.deployments?.totalCount ?? 0) > 0) return "deployment";
  if ((repository.releases?.totalCount ?? 0) > 0) return "release";
  if ((repository.refs?.totalCount ?? 0) > 0) return "tag";
  return rule.workflow === null ? "merge" : "workflow";
}
