import type { Commit, Repository } from "#demo/github/world.ts";

/** Everything that can be reached from a commit, itself included; empty when there is no such commit. */
export function ancestorsOf(repository: Repository, sha: string): Set<string> {
  const reached = new Set<string>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const commit = repository.commits.get(next);
    if (!commit || reached.has(next)) continue;
    reached.add(next);
    open.push(...commit.parents);
  }
  return reached;
}

/** What `git log` shows of a commit: newest first, by the time of committing. */
export function historyOf(repository: Repository, sha: string): Commit[] {
  return [...ancestorsOf(repository, sha)]
    .flatMap((each) => repository.commits.get(each) ?? [])
    .toSorted((a, b) => b.committedAt - a.committedAt || b.sha.localeCompare(a.sha));
}

/** As `git rev-list base..head`, and where the two part. */
export function compare(repository: Repository, base: string, head: string) {
  const ofBase = ancestorsOf(repository, base);
  const history = historyOf(repository, head);
  const ahead = history.filter(({ sha }) => !ofBase.has(sha));
  const mergeBase = history.find(({ sha }) => ofBase.has(sha)) ?? null;
  const behind = ofBase.size - history.filter(({ sha }) => ofBase.has(sha)).length;
  return { ahead, behind, mergeBase };
}
