import { connection, type PageArguments } from "#demo/github/connection.ts";
import { actor, type Context, dateTime } from "#demo/github/fields/context.ts";
import { AS_THEY_ARE, labelRows } from "#demo/github/fields/pull.ts";
import type { Issue, Repository } from "#demo/github/world.ts";

export function issueFields(repository: Repository, issue: Issue) {
  return {
    __typename: "Issue",
    id: issue.id,
    number: issue.number,
    title: issue.title,
    body: issue.body,
    author: actor(issue.author),
    createdAt: dateTime(issue.createdAt),
    updatedAt: dateTime(issue.updatedAt),
    closedAt: issue.closedAt === null ? null : dateTime(issue.closedAt),
    closed: issue.closedAt !== null,
    state: issue.closedAt === null ? "OPEN" : "CLOSED",
    url: (_: unknown, { webUrl }: Context) =>
      `${webUrl}/${repository.owner}/${repository.name}/issues/${issue.number}`,
    repository: (_: unknown, { make }: Context) => make.repository(repository),
    labels: (args: PageArguments) => connection(labelRows(issue.labels), args, AS_THEY_ARE),
    closedByPullRequestsReferences: (
      args: PageArguments & { readonly includeClosedPrs?: boolean },
      { make }: Context,
    ) => {
      const pulls = closersOf(repository, issue, args.includeClosedPrs ?? false);
      return connection(pulls, args, { node: (pull) => make.pull(repository, pull) });
    },
  };
}

/** Merged pull requests are closed ones: they come only when closed ones are asked for. */
function closersOf(repository: Repository, issue: Issue, includeClosed: boolean) {
  return repository.pulls.filter(
    ({ number, mergedAt }) => issue.closedBy.includes(number) && (includeClosed || !mergedAt),
  );
}
