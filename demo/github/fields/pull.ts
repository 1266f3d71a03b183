import { connection, type PageArguments } from "#demo/github/connection.ts";
import { actor, type Context, dateTime } from "#demo/github/fields/context.ts";
import type { Commit, Pull, Repository } from "#demo/github/world.ts";

interface TimelineArguments extends PageArguments {
  readonly itemTypes?: readonly string[] | null;
}

export function pullFields(repository: Repository, pull: Pull) {
  const merge = pull.mergeSha === null ? null : repository.commits.get(pull.mergeSha);
  return {
    __typename: "PullRequest",
    id: pull.id,
    number: pull.number,
    title: pull.title,
    body: pull.body,
    bodyText: pull.body,
    author: actor(pull.author),
    baseRefName: pull.baseBranch,
    createdAt: dateTime(pull.openedAt),
    updatedAt: dateTime(pull.updatedAt),
    mergedAt: pull.mergedAt === null ? null : dateTime(pull.mergedAt),
    merged: pull.mergedAt !== null,
    mergeCommit: (_: unknown, { make }: Context) => (merge ? make.commit(repository, merge) : null),
    repository: (_: unknown, { make }: Context) => make.repository(repository),
    url: (_: unknown, { webUrl }: Context) =>
      `${webUrl}/${repository.owner}/${repository.name}/pull/${pull.number}`,
    labels: (args: PageArguments) => connection(labelRows(pull.labels), args, AS_THEY_ARE),
    commits: (args: PageArguments, { make }: Context) => {
      const rows = pull.branch.map((commit) => ({ id: `PRC_${commit.sha}`, commit }));
      const node = ({ commit }: { readonly commit: Commit }) => ({
        commit: make.commit(repository, commit),
      });
      return connection(rows, args, { node });
    },
    files: (args: PageArguments) =>
      connection(
        pull.files.map((path) => ({ id: path, path })),
        args,
        AS_THEY_ARE,
      ),
    reviews: (args: PageArguments) => connection(reviewsOf(pull), args, AS_THEY_ARE),
    timelineItems: (args: TimelineArguments) =>
      connection(timelineOf(pull, args), args, AS_THEY_ARE),
  };
}

/** Rows that are nodes already. */
export const AS_THEY_ARE = { node: (row: object) => row };

export function labelRows(labels: readonly string[]) {
  return labels.map((name) => ({ id: `LA_${name}`, name }));
}

function reviewsOf({ id, reviews }: Pull) {
  return reviews.map(({ author, at, state }, index) => ({
    id: `PRR_${id}_${index}`,
    author: actor(author),
    state,
    submittedAt: dateTime(at),
  }));
}

function timelineOf(pull: Pull, { itemTypes }: TimelineArguments) {
  const events = pull.readyAt.map((at) => ({
    __typename: "ReadyForReviewEvent",
    id: `RFRE_${pull.id}_${at}`,
    createdAt: dateTime(at),
  }));
  return !itemTypes || itemTypes.includes("READY_FOR_REVIEW_EVENT") ? events : [];
}
