import { z } from "zod";

/** What we rely on of GitHub's objects. An unknown word of an enumeration is passed on as it is. */

const time = z.iso.datetime().transform((text) => Date.parse(text));
const login = z.object({ login: z.string() }).nullish();
/** A user is told from a bot by its type. */
const actor = z.object({ __typename: z.string(), login: z.string() }).nullish();
/** Objects that could not be had are null, with an error beside the data. */
const nodes = <T extends z.ZodType>(node: T) =>
  z
    .array(node.nullable())
    .nullish()
    .transform((rows) => (rows ?? []).filter((row) => row !== null));

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
export const pageOf = <T extends z.ZodType>(node: T) => z.object({ pageInfo, nodes: nodes(node) });
const counted = z.object({ totalCount: z.number() }).nullish();

export const repositoryShape = z.object({
  id: z.string(),
  nameWithOwner: z.string(),
  url: z.string(),
  defaultBranchRef: z
    .object({ name: z.string(), target: z.object({ oid: z.string() }).nullable() })
    .nullable(),
  deployments: counted,
  releases: counted,
  refs: counted,
});

export const deploymentShape = z.object({
  id: z.string(),
  commitOid: z.string(),
  environment: z.string().nullish(),
  createdAt: time,
  creator: login,
  ref: z.object({ name: z.string() }).nullish(),
  statuses: z
    .object({ nodes: nodes(z.object({ state: z.string(), createdAt: time })) })
    .nullish()
    .transform((page) => page?.nodes ?? []),
});

const changeCommit = z.object({ commit: z.object({ oid: z.string(), authoredDate: time }) });

export const pullShape = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  author: actor,
  baseRefName: z.string(),
  createdAt: time,
  updatedAt: time,
  mergedAt: time.nullish(),
  mergeCommit: z.object({ oid: z.string() }).nullish(),
  labels: z.object({ nodes: nodes(z.object({ name: z.string() })) }).nullish(),
  commits: pageOf(changeCommit),
  reviews: z
    .object({ nodes: nodes(z.object({ author: login, submittedAt: time.nullish() })) })
    .nullish(),
  /** Only where it is asked for. */
  files: pageOf(z.object({ path: z.string() })).nullish(),
  timelineItems: z.object({ nodes: nodes(z.object({ createdAt: time.optional() })) }),
});

export const commitShape = z.object({
  id: z.string(),
  oid: z.string(),
  authoredDate: time,
  committedDate: time,
  message: z.string(),
  url: z.string(),
  author: z.object({ name: z.string().nullish(), user: login }).nullish(),
  parents: z.object({ nodes: nodes(z.object({ oid: z.string() })) }),
});

export const issueShape = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  createdAt: time,
  updatedAt: time,
  closedAt: time.nullish(),
  labels: z.object({ nodes: nodes(z.object({ name: z.string() })) }).nullish(),
  closedByPullRequestsReferences: z
    .object({
      nodes: nodes(z.object({ number: z.number(), repository: z.object({ id: z.string() }) })),
    })
    .nullish(),
});

/** What tells whether an issue is still an incident of its repository. */
export const issueStandingShape = issueShape
  .pick({ id: true, labels: true })
  .extend({ repository: z.object({ id: z.string() }) });

export const releaseShape = z.object({
  id: z.string(),
  tagName: z.string(),
  url: z.string(),
  isDraft: z.boolean(),
  isPrerelease: z.boolean(),
  createdAt: time,
  publishedAt: time.nullish(),
  author: login,
  tagCommit: z.object({ oid: z.string() }).nullish(),
});

const taggedCommit = z.object({ oid: z.string().optional(), committedDate: time.optional() });

/** A tag leads to a commit, or to a tag object with a time of its own that leads to one. */
export const tagShape = z.object({
  id: z.string(),
  name: z.string(),
  target: taggedCommit
    .extend({
      tagger: z.object({ date: time.nullish() }).nullish(),
      target: taggedCommit.nullish(),
    })
    .nullable(),
});

/** `/repos/{owner}/{repo}/actions/workflows/{file}/runs`. */
export const runShape = z.object({
  id: z.number(),
  head_sha: z.string(),
  head_branch: z.string().nullish(),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  created_at: time,
  updated_at: time,
  html_url: z.string(),
  actor: login,
});

/** What every delivery that we take tells: where it happened, and for some, what. */
export const webhookShape = z.object({
  repository: z.object({ node_id: z.string(), full_name: z.string(), default_branch: z.string() }),
  action: z.string().optional(),
  ref: z.string().optional(),
  pull_request: z.object({ merged: z.boolean().nullish() }).optional(),
});

export type RepositoryNode = z.infer<typeof repositoryShape>;
export type DeploymentNode = z.infer<typeof deploymentShape>;
export type PullNode = z.infer<typeof pullShape>;
export type CommitNode = z.infer<typeof commitShape>;
export type IssueNode = z.infer<typeof issueShape>;
export type ReleaseNode = z.infer<typeof releaseShape>;
export type TagNode = z.infer<typeof tagShape>;
export type RunRow = z.infer<typeof runShape>;
