import { connection, type PageArguments } from "#demo/github/connection.ts";
import { type Context, dateTime } from "#demo/github/fields/context.ts";
import { historyOf } from "#demo/github/graph.ts";
import type { Commit, Repository } from "#demo/github/world.ts";

interface HistoryArguments extends PageArguments {
  readonly since?: string | null;
  readonly until?: string | null;
}

export function commitFields(repository: Repository, commit: Commit): object {
  return {
    __typename: "Commit",
    id: `C_${commit.sha}`,
    oid: commit.sha,
    authoredDate: dateTime(commit.authoredAt),
    committedDate: dateTime(commit.committedAt),
    message: commit.message,
    messageHeadline: commit.message.split("\n", 1)[0],
    url: (_: unknown, { webUrl }: Context) =>
      `${webUrl}/${repository.owner}/${repository.name}/commit/${commit.sha}`,
    author: { name: commit.author, user: userOf(commit.author) },
    parents: (args: PageArguments) => {
      const parents = commit.parents.flatMap((sha) => repository.commits.get(sha) ?? []);
      return connection(parents.map(rowOf), args, { node: nodeIn(repository) });
    },
    history: (args: HistoryArguments, { paging }: Context) => {
      const rows = historyBetween(repository, commit, args).map(rowOf);
      return connection(rows, args, { node: nodeIn(repository), paging });
    },
    associatedPullRequests: (args: PageArguments, { make }: Context) => {
      const pulls = repository.pulls.filter(
        ({ landed, branch }) =>
          landed.includes(commit.sha) || branch.some(({ sha }) => sha === commit.sha),
      );
      return connection(pulls, args, { node: (pull) => make.pull(repository, pull) });
    },
  };
}

/** A bot's commits have no user behind them. */
function userOf(author: string): object | null {
  return author.endsWith("[bot]") ? null : { login: author };
}

/** Cursors name the commit, so its row is known by its sha. */
function rowOf(commit: Commit) {
  return { id: `C_${commit.sha}`, commit };
}

function nodeIn(repository: Repository) {
  return ({ commit }: { readonly commit: Commit }) => commitFields(repository, commit);
}

function historyBetween(repository: Repository, { sha }: Commit, args: HistoryArguments): Commit[] {
  const since = args.since ? Date.parse(args.since) : Number.NEGATIVE_INFINITY;
  const until = args.until ? Date.parse(args.until) : Number.POSITIVE_INFINITY;
  return historyOf(repository, sha).filter(
    ({ committedAt }) => committedAt >= since && committedAt <= until,
  );
}
