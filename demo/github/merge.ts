import { type CommitPlan, makeCommit } from "#demo/github/build.ts";
import type { Commit, Pull, Repository, Review } from "#demo/github/world.ts";

export interface PullPlan {
  readonly number: number;
  readonly title?: string;
  readonly body?: string;
  readonly author?: string;
  readonly labels?: readonly string[];
  readonly openedAt: number;
  /** When its commits were written. */
  readonly authoredAt: readonly number[];
  readonly readyAt?: readonly number[];
  readonly reviews?: readonly Review[];
  readonly files?: readonly string[];
  readonly mergedAt: number;
  /** Default: a squash. */
  readonly by?: "squash" | "merge" | "rebase";
}

/** Opens a pull request, reviews it and merges it into the default branch. */
export function mergePull(repository: Repository, plan: PullPlan): Pull {
  const title = plan.title ?? `Change ${plan.number}`;
  const branch = branchOf(repository, plan);
  const landed = land(repository, { ...plan, title }, branch);
  for (const commit of landed) repository.commits.set(commit.sha, commit);
  const last = landed.at(-1);
  repository.head = last?.sha ?? repository.head;
  const pull: Pull = {
    id: `PR_${repository.id}_${plan.number}`,
    number: plan.number,
    title,
    body: plan.body ?? "",
    author: plan.author ?? "ada",
    labels: plan.labels ?? [],
    branch,
    openedAt: plan.openedAt,
    readyAt: plan.readyAt ?? [],
    reviews: plan.reviews ?? [],
    mergedAt: plan.mergedAt,
    mergeSha: last?.sha ?? null,
    files: plan.files ?? [],
    landed: landed.map(({ sha }) => sha),
    baseBranch: repository.defaultBranch,
    updatedAt: plan.mergedAt,
  };
  repository.pulls.push(pull);
  return pull;
}

function branchOf(repository: Repository, plan: PullPlan): Commit[] {
  const branch: Commit[] = [];
  for (const [index, at] of plan.authoredAt.entries()) {
    const last = branch.at(-1);
    branch.push(
      makeCommit(repository, {
        at,
        message: `Work on ${plan.number}, part ${index + 1}`,
        ...(plan.author === undefined ? {} : { author: plan.author }),
        ...(last ? { parents: [last.sha] } : {}),
      }),
    );
  }
  return branch;
}

/** What each way of merging leaves on the base branch, the last being what GitHub calls the merge commit. */
function land(repository: Repository, plan: PullPlan & { title: string }, branch: Commit[]) {
  const at = plan.mergedAt;
  const title = `${plan.title} (#${plan.number})`;
  if (plan.by === "rebase") return rebase(repository, branch, at);
  if (plan.by !== "merge") {
    return [makeCommit(repository, { at, message: `${title}\n\n${plan.body ?? ""}`.trim() })];
  }
  const parents = [repository.head, branch.at(-1)?.sha].flatMap((sha) => sha ?? []);
  const message = `Merge pull request #${plan.number}`;
  return [...branch, makeCommit(repository, { at, message, parents })];
}

function rebase(repository: Repository, branch: readonly Commit[], at: number): Commit[] {
  const landed: Commit[] = [];
  for (const { authoredAt, message, author } of branch) {
    const last = landed.at(-1);
    const plan: CommitPlan = { at, authoredAt, message, author };
    landed.push(makeCommit(repository, last ? { ...plan, parents: [last.sha] } : plan));
  }
  return landed;
}
