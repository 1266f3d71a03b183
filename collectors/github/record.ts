import type {
  DeploymentNode,
  PullNode,
  ReleaseNode,
  RunRow,
  TagNode,
} from "#collectors/github/schema.ts";
import { matches, type ServiceRule } from "#collectors/github/work.ts";
import type { DeploymentRecord } from "#lib/dora/facts.ts";

/** What a deployment belongs to. */
export interface Owner {
  readonly rule: ServiceRule;
  /** Today's page of the repository. */
  readonly url: string;
}

/** The environment of sources that know none: they are about what users get. */
const PRODUCTION = "production";
const VERSION = "^v?\\d+(\\.\\d+)+$";

export function deploymentRecord(
  { rule, url }: Owner,
  node: DeploymentNode,
): DeploymentRecord | null {
  const environment = node.environment ?? "";
  if (rule.environments !== null && !matches(rule.environments, environment)) return null;
  return {
    id: recordId(rule, node.id),
    service: rule.service,
    environment,
    sha: node.commitOid,
    ref: node.ref?.name ?? null,
    createdAt: node.createdAt,
    statuses: node.statuses
      .map(({ state, createdAt }) => ({ state: state.toLowerCase(), at: createdAt }))
      .toSorted((a, b) => a.at - b.at),
    source: "deployment",
    url: `${url}/deployments`,
    creator: node.creator?.login ?? null,
  };
}

/** A release that was published is what users get from then on; drafts and trials are not. */
export function releaseRecord({ rule }: Owner, node: ReleaseNode): DeploymentRecord | null {
  if (node.isDraft || node.isPrerelease) return null;
  if (rule.tags !== null && !matches(rule.tags, node.tagName)) return null;
  return {
    ...succeeded(rule, node.id, node.publishedAt ?? node.createdAt),
    sha: node.tagCommit?.oid ?? null,
    ref: node.tagName,
    source: "release",
    url: node.url,
    creator: node.author?.login ?? null,
  };
}

export function tagRecord({ rule, url }: Owner, node: TagNode): DeploymentRecord | null {
  const at = tagTime(node);
  if (at === null || !matches(rule.tags ?? VERSION, node.name)) return null;
  return {
    ...succeeded(rule, node.id, at),
    sha: node.target?.target?.oid ?? node.target?.oid ?? null,
    ref: node.name,
    source: "tag",
    url: `${url}/tree/${encodeURIComponent(node.name)}`,
    creator: null,
  };
}

/** When an annotated tag was made; a lightweight one has only its commit's time. */
export function tagTime({ target }: TagNode): number | null {
  return target?.tagger?.date ?? target?.target?.committedDate ?? target?.committedDate ?? null;
}

const CONCLUSIONS = new Map([
  ["success", "success"],
  ["failure", "failure"],
  ["timed_out", "failure"],
  ["cancelled", "error"],
]);

export function runRecord({ rule }: Owner, row: RunRow): DeploymentRecord {
  const ended = CONCLUSIONS.get(row.conclusion ?? "") ?? "unknown";
  const state = row.status === "completed" ? ended : "in_progress";
  return {
    id: recordId(rule, `run:${row.id}`),
    service: rule.service,
    environment: PRODUCTION,
    sha: row.head_sha,
    ref: row.head_branch ?? null,
    createdAt: row.created_at,
    statuses: [{ state, at: row.updated_at }],
    source: "workflow",
    url: row.html_url,
    creator: row.actor?.login ?? null,
  };
}

/** Where nothing better is known, what was merged into the default branch counts as shipped. */
export function mergeRecord({ rule }: Owner, pull: PullNode): DeploymentRecord | null {
  const sha = pull.mergeCommit?.oid;
  if (!sha || !pull.mergedAt) return null;
  return {
    ...succeeded(rule, `merge:${pull.id}`, pull.mergedAt),
    sha,
    ref: pull.baseRefName,
    source: "merge",
    url: pull.url,
    creator: pull.author?.login ?? null,
  };
}

function succeeded(rule: ServiceRule, id: string, at: number) {
  return {
    id: recordId(rule, id),
    service: rule.service,
    environment: PRODUCTION,
    createdAt: at,
    statuses: [{ state: "success", at }],
  };
}

/** Two services of one repository may share a deployment: each has its own record of it. */
function recordId({ service }: ServiceRule, id: string): string {
  return `github:${service}:${id}`;
}
