import { z } from "zod";
import { parentsFor } from "#demo/github/ancestry.ts";
import { addRepository, emptyWorld, release } from "#demo/github/build.ts";
import type { Commit, Pull, Repository, World } from "#demo/github/world.ts";

const time = z.iso.datetime().transform((text) => Date.parse(text));

/** A public project's release history as a file of facts. */
export const releaseHistory = z.object({
  deployments: z.array(
    z.object({
      id: z.string(),
      ref: z.string(),
      sha: z.string(),
      deployed_at: time,
      previous_sha: z.string().nullable(),
      commits: z.array(z.string()),
    }),
  ),
  commits: z.record(
    z.string(),
    z.object({
      authored_at: time,
      committed_at: time,
      pr: z.number().nullable(),
      revert: z.boolean(),
    }),
  ),
});

export type ReleaseHistory = z.infer<typeof releaseHistory>;

/** The history as a world: a repository with commits, merged pull requests and releases. */
export function historyWorld(history: ReleaseHistory, fullName: string): World {
  const world = emptyWorld();
  const repository = addRepository(world, fullName);
  const timeOf = (sha: string) => history.commits[sha]?.committed_at ?? 0;
  const parents = parentsFor(history.deployments, timeOf);
  for (const [sha, of] of parents) repository.commits.set(sha, commitOf(history, sha, of));
  repository.head = history.deployments.at(-1)?.sha ?? null;
  repository.pulls.push(...pullsOf(repository, history));
  for (const { ref, sha, deployed_at } of history.deployments) {
    release(repository, { tag: ref, sha, at: deployed_at });
  }
  return world;
}

/** The first version's own commit is not among the facts: it is as old as its release. */
function commitOf(history: ReleaseHistory, sha: string, parents: readonly string[]): Commit {
  const fact = history.commits[sha];
  const first = history.deployments[0]?.deployed_at ?? 0;
  return {
    sha,
    parents,
    authoredAt: fact?.authored_at ?? first,
    committedAt: fact?.committed_at ?? first,
    message: fact?.revert ? `Revert "something"` : `Change (${sha.slice(0, 7)})`,
    author: "ada",
  };
}

/** Every number is a pull request that was rebased: its commits are what the file holds of it. */
function pullsOf(repository: Repository, history: ReleaseHistory): Pull[] {
  const numbered = Object.entries(history.commits).filter(([, { pr }]) => pr !== null);
  const byNumber = Map.groupBy(numbered, ([, { pr }]) => pr ?? 0);
  return [...byNumber].map(([number, facts]) => {
    const landed = facts.toSorted(([, a], [, b]) => a.committed_at - b.committed_at);
    const [sha, last] = landed.at(-1) ?? ["", null];
    const openedAt = Math.min(...landed.map(([, fact]) => fact.authored_at));
    return {
      id: `PR_${repository.id}_${number}`,
      number,
      title: `Change ${number}`,
      body: "",
      author: "ada",
      labels: [],
      branch: landed.flatMap(([each]) => repository.commits.get(each) ?? []),
      openedAt,
      readyAt: [],
      reviews: [],
      mergedAt: last?.committed_at ?? null,
      mergeSha: sha,
      files: [],
      landed: landed.map(([each]) => each),
      baseBranch: repository.defaultBranch,
      updatedAt: last?.committed_at ?? openedAt,
    };
  });
}
