import { createHash } from "node:crypto";
import type { Commit, Deployment, Repository, Status, World } from "#demo/github/world.ts";

/** A sha that is always the same for the same seed. */
export function shaOf(seed: string): string {
  return createHash("sha1").update(seed).digest("hex");
}

export function emptyWorld(): World {
  return { repositories: [] };
}

/** Adds a repository without commits. Its id stays the same through every rename. */
export function addRepository(world: World, fullName: string): Repository {
  const [owner = "", name = ""] = fullName.split("/");
  const repository: Repository = {
    id: `R_${shaOf(fullName).slice(0, 12)}`,
    owner,
    name,
    formerNames: [],
    defaultBranch: "main",
    head: null,
    commits: new Map(),
    pulls: [],
    deployments: [],
    releases: [],
    tags: [],
    issues: [],
    runs: [],
  };
  world.repositories.push(repository);
  return repository;
}

export function rename(repository: Repository, fullName: string): void {
  const [owner = "", name = ""] = fullName.split("/");
  repository.formerNames.push(`${repository.owner}/${repository.name}`);
  Object.assign(repository, { owner, name });
}

export interface CommitPlan {
  readonly at: number;
  /** When it differs from `at`: a rebase keeps the author's time. */
  readonly authoredAt?: number;
  readonly message?: string;
  readonly author?: string;
  /** Default: the head. */
  readonly parents?: readonly string[];
}

/** A commit straight onto the default branch. */
export function push(repository: Repository, plan: CommitPlan): Commit {
  const commit = makeCommit(repository, plan);
  repository.commits.set(commit.sha, commit);
  repository.head = commit.sha;
  return commit;
}

export function makeCommit(repository: Repository, plan: CommitPlan): Commit {
  const parents = plan.parents ?? (repository.head === null ? [] : [repository.head]);
  const message = plan.message ?? "Change something";
  const authoredAt = plan.authoredAt ?? plan.at;
  const seed = [repository.id, ...parents, plan.at, authoredAt, message].join(" ");
  const author = plan.author ?? "ada";
  return { sha: shaOf(seed), parents, authoredAt, committedAt: plan.at, message, author };
}

export interface DeploymentPlan {
  readonly sha: string;
  readonly at: number;
  readonly environment?: string;
  readonly ref?: string;
  /** Default: in progress after 10 s, a success after 3 min. */
  readonly statuses?: readonly Status[];
}

export function deploy(repository: Repository, plan: DeploymentPlan): Deployment {
  const usual: Status[] = [
    { state: "IN_PROGRESS", at: plan.at + 10_000 },
    { state: "SUCCESS", at: plan.at + 180_000 },
  ];
  const deployment: Deployment = {
    id: `DE_${repository.id}_${repository.deployments.length + 1}`,
    sha: plan.sha,
    ref: plan.ref ?? repository.defaultBranch,
    environment: plan.environment ?? "production",
    createdAt: plan.at,
    creator: "github-actions[bot]",
    statuses: [...(plan.statuses ?? usual)],
  };
  repository.deployments.push(deployment);
  return deployment;
}

export interface ReleasePlan {
  readonly tag: string;
  readonly sha: string;
  readonly at: number;
  readonly prerelease?: boolean;
}

export function release(repository: Repository, plan: ReleasePlan): void {
  const { tag, sha, at } = plan;
  repository.releases.push({
    id: `RE_${repository.id}_${tag}`,
    tag,
    sha,
    publishedAt: at,
    prerelease: plan.prerelease ?? false,
    draft: false,
    author: "ada",
  });
}

/** A tag; lightweight when it has no time of its own. */
export function tag(repository: Repository, name: string, at: { sha: string; taggedAt?: number }) {
  const id = `REF_${repository.id}_${name}`;
  repository.tags.push({ id, name, sha: at.sha, taggedAt: at.taggedAt ?? null });
}

export interface IssuePlan {
  readonly number: number;
  readonly title: string;
  readonly body?: string;
  readonly labels: readonly string[];
  readonly at: number;
  readonly closedAt?: number;
  readonly closedBy?: readonly number[];
}

export function openIssue(repository: Repository, plan: IssuePlan): void {
  repository.issues.push({
    id: `I_${repository.id}_${plan.number}`,
    number: plan.number,
    title: plan.title,
    body: plan.body ?? "",
    author: "ada",
    labels: plan.labels,
    createdAt: plan.at,
    closedAt: plan.closedAt ?? null,
    updatedAt: plan.closedAt ?? plan.at,
    closedBy: plan.closedBy ?? [],
  });
}

export interface RunPlan {
  readonly workflow: string;
  readonly sha: string;
  readonly at: number;
  readonly conclusion?: "success" | "failure";
}

export function runWorkflow(repository: Repository, plan: RunPlan): void {
  repository.runs.push({
    id: 1000 + repository.runs.length,
    workflow: plan.workflow,
    sha: plan.sha,
    branch: repository.defaultBranch,
    createdAt: plan.at,
    updatedAt: plan.at + 240_000,
    status: "completed",
    conclusion: plan.conclusion ?? "success",
    actor: "ada",
  });
}
