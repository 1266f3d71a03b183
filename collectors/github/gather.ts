import { feedsOf, type Lists } from "#collectors/github/feed.ts";
import { touches } from "#collectors/github/paths.ts";
import { mergeRecord, type Owner } from "#collectors/github/record.ts";
import type {
  DeploymentNode,
  IssueNode,
  PullNode,
  RepositoryNode,
} from "#collectors/github/schema.ts";
import type { Position } from "#collectors/github/track.ts";
import type { SettledRule } from "#collectors/github/work.ts";
import type { DeploymentRecord, DeploymentSource } from "#lib/dora/facts.ts";

/** What a span of time brought, as GitHub tells it. */
export interface Gathered {
  readonly records: readonly DeploymentRecord[];
  readonly deployments: readonly DeploymentNode[];
  readonly pulls: readonly PullNode[];
  readonly issues: readonly IssueNode[];
}

export interface Gatherer {
  /** Everything down to `floor` (epoch ms) that was not read before. */
  gather(floor: number): Promise<Gathered>;
  positions(): Record<string, Position>;
  /** No list has anything older. */
  isDone(): boolean;
  /** No list of deployments has anything older. */
  isWhole(): boolean;
}

export interface GathererOptions {
  readonly repository: RepositoryNode;
  readonly rules: readonly SettledRule[];
  readonly incidentLabels: readonly string[];
}

export function gatherer(lists: Lists, options: GathererOptions): Gatherer {
  const { incidentLabels } = options;
  const issues = incidentLabels.length > 0 ? lists.issues(incidentLabels) : null;
  const seen: { deployments: DeploymentNode[] } = { deployments: [] };
  const owners = ownersBySource(options);
  const feeds = [...owners].flatMap(([source, of]) => feedsOf(lists, source, of, seen));
  const mergers = owners.get("merge") ?? [];
  const positions = () => ({
    ...Object.fromEntries(feeds.map((feed) => [feed.name, feed.position()])),
    pulls: lists.pulls.position(),
    ...(issues ? { issues: issues.position() } : {}),
  });
  const deploymentLists = () =>
    mergers.length > 0
      ? [...feeds.map((feed) => feed.position()), lists.pulls.position()]
      : feeds.map((feed) => feed.position());
  return {
    positions,
    isDone: () => Object.values(positions()).every(({ done }) => done),
    isWhole: () => deploymentLists().every(({ done }) => done),
    async gather(floor) {
      seen.deployments = [];
      const records: DeploymentRecord[] = [];
      for (const feed of feeds) records.push(...(await feed.read(floor)));
      const pulls = await lists.pulls.readUntil(floor);
      const onMain = pulls.filter((pull) => isOnDefault(options.repository, pull));
      const merges = mergers.flatMap((owner) => mergesOf(owner, onMain));
      return {
        records: [...records, ...merges],
        deployments: seen.deployments,
        pulls,
        issues: issues ? await issues.readUntil(floor) : [],
      };
    },
  };
}

function mergesOf(owner: Owner, pulls: readonly PullNode[]): DeploymentRecord[] {
  const own = pulls.filter((pull) => touches(owner.rule.paths, pull));
  return own.flatMap((pull) => mergeRecord(owner, pull) ?? []);
}

function isOnDefault({ defaultBranchRef }: RepositoryNode, { baseRefName }: PullNode): boolean {
  return defaultBranchRef?.name === baseRefName;
}

function ownersBySource({
  repository,
  rules,
}: GathererOptions): Map<DeploymentSource, (Owner & { rule: SettledRule })[]> {
  const owners = rules.map((rule) => ({ rule, url: repository.url }));
  return Map.groupBy(owners, ({ rule }) => rule.source);
}
