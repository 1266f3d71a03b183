import type { ChangeView, CommitView } from "#components/dora/view.ts";
import type { Arrival } from "#lib/dora/arrivals.ts";
import type { Change } from "#lib/dora/facts.ts";

/** A change with its way into production. */
export function changeView(arrival: Arrival): ChangeView {
  const { change, deployment, startedAt, leadTimeMs, stages } = arrival;
  return {
    id: change.id,
    number: change.number,
    title: change.title,
    author: change.author,
    url: change.url,
    service: deployment.service,
    deploymentId: deployment.id,
    deployedAt: deployment.finishedAt,
    startedAt,
    leadTimeMs,
    stages,
    commits: commitsOf(change),
  };
}

/** In the order in which they were written. */
export function commitsOf({ commits, url }: Pick<Change, "commits" | "url">): CommitView[] {
  const repository = url?.replace(/\/(pull|commit)\/[^/]*$/, "");
  return commits
    .map(({ sha, authoredAt }) => ({
      sha,
      authoredAt,
      url: repository && repository !== url ? `${repository}/commit/${sha}` : null,
    }))
    .sort((a, b) => a.authoredAt - b.authoredAt);
}
