import type { Asking } from "#collectors/github/commits.ts";
import { environmentsQuery } from "#collectors/github/queries/deployments.ts";
import type { RepositoryNode } from "#collectors/github/schema.ts";
import { halving } from "#collectors/github/track.ts";
import {
  type GithubWork,
  matches,
  type ServiceRule,
  type SettledRule,
} from "#collectors/github/work.ts";
import type { DeploymentSource } from "#lib/dora/facts.ts";

/** Where the deployments of each service were learned from in the last run. */
export type Chosen = Readonly<Record<string, DeploymentSource>>;

export interface Choosing {
  readonly asking: Asking;
  readonly repository: RepositoryNode;
  readonly services: readonly ServiceRule[];
  readonly posted: GithubWork["posted"];
  /** Empty before the first run. */
  readonly before: Chosen;
}

/** Deployments are told of as such; all else is inferred, and gives way to them once. */
const TOLD: ReadonlySet<DeploymentSource> = new Set(["api", "deployment"]);

/**
 * Settles where each service's deployments are learned from. A service that leaves it open gets the
 * best that has any in production: what its pipeline hands in, then GitHub's deployments, else what
 * the repository has. Once told of, it stays so: nothing flips by itself.
 */
export async function settleSources(choosing: Choosing): Promise<SettledRule[]> {
  const { services, before } = choosing;
  const isOpen = (rule: ServiceRule) => rule.source === "auto" && !isTold(before[rule.service]);
  const looked = services.filter((rule) => isOpen(rule) && !isPosted(rule, choosing.posted));
  const deployed = await deployedOf(choosing, looked);
  return services.map((rule) => ({ ...rule, source: settled(rule, choosing, deployed) }));
}

function settled(
  rule: ServiceRule,
  { repository, posted, before }: Choosing,
  deployed: ReadonlySet<ServiceRule>,
): DeploymentSource {
  if (rule.source !== "auto") return rule.source;
  const last = before[rule.service];
  if (last && isTold(last)) return last;
  if (isPosted(rule, posted)) return "api";
  if (deployed.has(rule)) return "deployment";
  return last ?? inferred(rule, repository);
}

function isTold(source: DeploymentSource | undefined): boolean {
  return source !== undefined && TOLD.has(source);
}

function isPosted({ service, production }: ServiceRule, posted: GithubWork["posted"]): boolean {
  return posted.some(
    ({ record }) => record.service === service && matches(production, record.environment),
  );
}

function inferred(rule: ServiceRule, repository: RepositoryNode): DeploymentSource {
  if ((repository.releases?.totalCount ?? 0) > 0) return "release";
  if ((repository.refs?.totalCount ?? 0) > 0) return "tag";
  return rule.workflow === null ? "merge" : "workflow";
}

/** Previews can be many: so many pages of a hundred are looked through at first, and one later. */
const PAGES = 10;

/** The rules that any deployment of the repository to production fits. */
async function deployedOf(
  { asking, repository, before }: Choosing,
  rules: readonly ServiceRule[],
): Promise<Set<ServiceRule>> {
  const found = new Set<ServiceRule>();
  const isKnown = rules.every(({ service }) => before[service] !== undefined);
  let left = rules.length === 0 || (repository.deployments?.totalCount ?? 0) === 0 ? 0 : PAGES;
  if (isKnown) left = Math.min(left, 1);
  let after: string | null = null;
  while (left-- > 0 && found.size < rules.length) {
    const page = await environmentsAt(asking, after);
    for (const rule of rules) if (page.names.some((name) => fits(rule, name))) found.add(rule);
    if (page.next === null) break;
    after = page.next;
  }
  return found;
}

function fits({ environments, production }: ServiceRule, name: string): boolean {
  return matches(production, name) && (environments === null || matches(environments, name));
}

async function environmentsAt({ client, repository, signal }: Asking, after: string | null) {
  const { data } = await halving(100, (first) =>
    client.query(environmentsQuery, { repository, first, after }, signal),
  );
  const { pageInfo, nodes } = data.node.list;
  const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  return { names: nodes.map(({ environment }) => environment ?? ""), next };
}
