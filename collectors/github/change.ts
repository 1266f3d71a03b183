import type { CommitNode, PullNode } from "#collectors/github/schema.ts";
import type { Change } from "#lib/dora/facts.ts";

/** A repository by its id, with the ids of its neighbours by today's `owner/name`. */
export interface Place {
  readonly repository: string;
  readonly known: ReadonlyMap<string, string>;
}

export function pullChangeId(repository: string, number: number): string {
  return `pr:${repository}#${number}`;
}

/** A merged pull request; null while it is not merged. */
export function pullChange(
  place: Place,
  pull: PullNode,
  landed: readonly string[] = [],
): Change | null {
  if (!pull.mergedAt) return null;
  const merge = pull.mergeCommit?.oid;
  return {
    id: pullChangeId(place.repository, pull.number),
    repository: place.repository,
    number: pull.number,
    title: pull.title,
    url: pull.url,
    author: pull.author?.login ?? null,
    bot: pull.author?.__typename === "Bot" || isBot(pull.author?.login),
    labels: pull.labels?.nodes.map(({ name }) => name) ?? [],
    commits: pull.commits.nodes.map(({ commit }) => ({
      sha: commit.oid,
      authoredAt: commit.authoredDate,
    })),
    mergeShas: [...new Set([...(merge ? [merge] : []), ...landed])],
    openedAt: pull.createdAt,
    readyAt: latest(pull.timelineItems.nodes) ?? pull.createdAt,
    firstReviewAt: firstReview(pull),
    mergedAt: pull.mergedAt,
    reverts: revertedPull(place, pull.body) ?? revertedSha(pull.body),
  };
}

function latest(events: readonly { readonly createdAt?: number }[]): number | null {
  const times = events.flatMap(({ createdAt }) => createdAt ?? []);
  return times.length > 0 ? Math.max(...times) : null;
}

/** One's own remarks are no review. */
function firstReview({ author, reviews }: PullNode): number | null {
  const times = (reviews?.nodes ?? [])
    .filter((review) => review.author?.login !== author?.login)
    .flatMap(({ submittedAt }) => submittedAt ?? []);
  return times.length > 0 ? Math.min(...times) : null;
}

/** A commit that no pull request brought: it is its own merge. */
export function commitChange(repository: string, commit: CommitNode): Change {
  const author = commit.author?.user?.login ?? commit.author?.name ?? null;
  return {
    id: `commit:${commit.oid}`,
    repository,
    number: null,
    title: commit.message.split("\n", 1)[0] ?? "",
    url: commit.url,
    author,
    bot: isBot(author),
    labels: [],
    commits: [{ sha: commit.oid, authoredAt: commit.authoredDate }],
    mergeShas: [commit.oid],
    openedAt: null,
    readyAt: null,
    firstReviewAt: null,
    mergedAt: commit.committedDate,
    reverts: revertedSha(commit.message),
  };
}

function isBot(login: string | null | undefined): boolean {
  return login?.endsWith("[bot]") ?? false;
}

/** GitHub's own button writes "Reverts owner/name#12" into the body. */
function revertedPull({ repository, known }: Place, body: string): string | null {
  const found = /^\s*reverts\s+(?:([\w.-]+\/[\w.-]+))?#(\d+)/im.exec(body);
  if (!found) return null;
  const home = found[1] === undefined ? repository : known.get(found[1].toLowerCase());
  return home ? pullChangeId(home, Number(found[2])) : null;
}

/** Git writes "This reverts commit <sha>." */
function revertedSha(message: string): string | null {
  return /\bthis reverts commit ([0-9a-f]{40})\b/i.exec(message)?.[1]?.toLowerCase() ?? null;
}
