import { GraphQLError } from "graphql";
import { connection, type PageArguments } from "#demo/github/connection.ts";
import { commitFields } from "#demo/github/fields/commit.ts";
import { type Context, dateTime } from "#demo/github/fields/context.ts";
import { deploymentFields } from "#demo/github/fields/deployment.ts";
import { issueFields } from "#demo/github/fields/issue.ts";
import { pullFields } from "#demo/github/fields/pull.ts";
import { releaseFields, tagFields } from "#demo/github/fields/release.ts";
import { gitObjectFields } from "#demo/github/fields/tree.ts";
import { inOrder, type Ordering } from "#demo/github/order.ts";
import type { Issue, Pull, Release, Repository, Tag } from "#demo/github/world.ts";

interface ListArguments extends PageArguments {
  readonly orderBy?: Ordering | null;
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly environments?: readonly string[] | null;
  readonly filterBy?: { readonly since?: string | null } | null;
}

export function repositoryFields(repository: Repository): object {
  const { owner, name } = repository;
  return {
    __typename: "Repository",
    id: repository.id,
    name,
    owner: { __typename: "Organization", login: owner },
    nameWithOwner: `${owner}/${name}`,
    isArchived: false,
    createdAt: dateTime(0),
    url: (_: unknown, { webUrl }: Context) => `${webUrl}/${owner}/${name}`,
    defaultBranchRef: () => branch(repository),
    object: (args: { oid?: string; expression?: string }, context: Context) => {
      const commit = repository.commits.get(args.oid ?? args.expression ?? "");
      return commit ? commitFields(repository, commit) : gitObjectFields(repository, args, context);
    },
    ...lists(repository),
  };
}

function branch(repository: Repository): object | null {
  const commit = repository.head === null ? null : repository.commits.get(repository.head);
  if (!commit) return null;
  return { name: repository.defaultBranch, target: () => commitFields(repository, commit) };
}

/** The connections; rows are ordered before they are made into nodes. */
function lists(repository: Repository): object {
  return {
    deployments: (args: ListArguments, context: Context) => {
      const wanted = args.environments;
      const rows = repository.deployments.filter((d) => !wanted || wanted.includes(d.environment));
      const sorted = inOrder(rows, args.orderBy, ({ createdAt }) => createdAt);
      return page(context, args, sorted, { type: "Deployment", node: deploymentFields });
    },
    pullRequests: (args: ListArguments, context: Context) => {
      const rows = repository.pulls.filter((pull) => hasState(args.states, stateOf(pull)));
      const sorted = inOrder(rows, args.orderBy, (pull) =>
        args.orderBy?.field === "UPDATED_AT" ? pull.updatedAt : pull.openedAt,
      );
      const node = (pull: Pull) => pullFields(repository, pull);
      return page(context, args, sorted, { type: "PullRequest", node });
    },
    pullRequest: ({ number }: { number: number }) => {
      const pull = repository.pulls.find((each) => each.number === number);
      if (pull) return pullFields(repository, pull);
      throw notFound(`a PullRequest with the number of ${number}`);
    },
    issues: (args: ListArguments, context: Context) => issues(repository, args, context),
    releases: (args: ListArguments, context: Context) => {
      const sorted = inOrder(repository.releases, args.orderBy, (r) => r.publishedAt);
      const node = (release: Release) => releaseFields(repository, release);
      return page(context, args, sorted, { type: "Release", node });
    },
    refs: (args: ListArguments & { readonly refPrefix: string }, context: Context) => {
      const rows = args.refPrefix === "refs/tags/" ? repository.tags : [];
      const sorted = inOrder(rows, args.orderBy, (tag) => tagTime(repository, tag));
      const node = (tag: Tag) => tagFields(repository, tag);
      return page(context, args, sorted, { type: "Ref", node });
    },
  };
}

function issues(repository: Repository, args: ListArguments, context: Context) {
  const since = args.filterBy?.since ? Date.parse(args.filterBy.since) : 0;
  const rows = repository.issues.filter(
    ({ labels, updatedAt }) =>
      updatedAt >= since && (!args.labels || args.labels.some((label) => labels.includes(label))),
  );
  const sorted = inOrder(rows, args.orderBy, ({ updatedAt, createdAt }) =>
    args.orderBy?.field === "UPDATED_AT" ? updatedAt : createdAt,
  );
  const node = (issue: Issue) => issueFields(repository, issue);
  return page(context, args, sorted, { type: "Issue", node });
}

/** A page; while its type is broken the first node cannot be had, and says so beside the rest. */
function page<T extends { readonly id: string }>(
  { paging, broken }: Context,
  args: PageArguments,
  rows: readonly T[],
  { type, node }: { readonly type: string; readonly node: (row: T) => object },
) {
  const made = connection(rows, args, { node, paging });
  if (broken !== type || made.nodes.length === 0) return made;
  const missing = new GraphQLError("Something went wrong while loading this node.");
  return { ...made, nodes: [missing, ...made.nodes.slice(1)] };
}

function hasState(wanted: readonly string[] | null | undefined, state: string): boolean {
  return !wanted || wanted.includes(state);
}

function stateOf({ mergedAt }: { readonly mergedAt: number | null }): string {
  return mergedAt === null ? "OPEN" : "MERGED";
}

function tagTime(repository: Repository, tag: Tag): number {
  return tag.taggedAt ?? repository.commits.get(tag.sha)?.committedAt ?? 0;
}

export function notFound(what: string): GraphQLError {
  return new GraphQLError(`Could not resolve to ${what}.`, { extensions: { type: "NOT_FOUND" } });
}
