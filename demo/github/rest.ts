import { installationToken } from "#demo/github/app.ts";
import type { Desk } from "#demo/github/desk.ts";
import { dateTime } from "#demo/github/fields/context.ts";
import { compare } from "#demo/github/graph.ts";
import { answerProtection } from "#demo/github/protection.ts";
import { ok, type Reply, refuse } from "#demo/github/reply.ts";
import type { Repository, Run } from "#demo/github/world.ts";

export interface RestRequest {
  readonly method: string;
  readonly url: URL;
  readonly bearer: string;
  readonly body: string;
}

/** The few pages of the REST API that have no counterpart in GraphQL. */
export function serveRest(desk: Desk, { method, url, bearer, body }: RestRequest): Reply {
  const installation = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(url.pathname);
  if (installation && method === "POST")
    return installationToken(desk, Number(installation[1]), bearer);
  if (!desk.tokens.has(bearer)) return refuse(401, "Bad credentials");
  const protection = /^\/repos\/(.+)\/actions\/runs\/(\d+)\/deployment_protection_rule$/;
  const [, of, run] = protection.exec(url.pathname) ?? [];
  if (of && run && method === "POST") return answerProtection(desk, { of, run, body });
  const [, owner = "", name = "", rest = ""] =
    /^\/repos\/([^/]+)\/([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  const full = `${owner}/${name}`;
  const repository = desk.world.repositories.find((each) => nameOf(each) === full);
  if (repository) return ofRepository(repository, decodeURIComponent(rest), url);
  const moved = desk.world.repositories.find(({ formerNames }) => formerNames.includes(full));
  if (!moved) return refuse(404, "Not Found");
  const location = `${url.origin}/repos/${nameOf(moved)}/${rest}`;
  return {
    status: 301,
    body: { message: "Moved Permanently", url: location },
    headers: { location },
  };
}

function nameOf({ owner, name }: Repository): string {
  return `${owner}/${name}`;
}

function ofRepository(repository: Repository, path: string, url: URL): Reply {
  const [, base, head] = /^compare\/([^.]+)\.\.\.([^.]+)$/.exec(path) ?? [];
  if (base && head) return comparison(repository, base, head);
  const [, workflow] = /^actions\/workflows\/([^/]+)\/runs$/.exec(path) ?? [];
  if (workflow)
    return runs(
      repository.runs.filter((run) => run.workflow === workflow),
      url,
    );
  if (path === "actions/runs") return runs(repository.runs, url);
  return refuse(404, "Not Found");
}

function comparison(repository: Repository, base: string, head: string): Reply {
  if (!repository.commits.has(base) || !repository.commits.has(head))
    return refuse(404, "Not Found");
  const { ahead, behind, mergeBase } = compare(repository, base, head);
  const straight = ahead.length > 0 ? "ahead" : behind > 0 ? "behind" : "identical";
  return ok({
    status: ahead.length > 0 && behind > 0 ? "diverged" : straight,
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    merge_base_commit: mergeBase && { sha: mergeBase.sha },
    commits: ahead
      .toReversed()
      .slice(0, 250)
      .map(({ sha }) => ({ sha })),
  });
}

/** Newest first, by pages; `created` narrows as GitHub's search syntax does (`>=…`, `a..b`). */
function runs(all: readonly Run[], url: URL): Reply {
  const perPage = Number(url.searchParams.get("per_page") ?? 30);
  const page = Number(url.searchParams.get("page") ?? 1);
  const since = /^>=(.+)$/.exec(url.searchParams.get("created") ?? "")?.[1];
  const status = url.searchParams.get("status");
  const found = all
    .filter((run) => run.createdAt >= (since ? Date.parse(since) : 0))
    .filter((run) => !status || run.status === status || run.conclusion === status)
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const rows = found.slice((page - 1) * perPage, page * perPage).map(runRow);
  return ok({ total_count: found.length, workflow_runs: rows });
}

function runRow(run: Run): object {
  return {
    id: run.id,
    path: `.github/workflows/${run.workflow}`,
    head_sha: run.sha,
    head_branch: run.branch,
    status: run.status,
    conclusion: run.conclusion,
    created_at: dateTime(run.createdAt),
    updated_at: dateTime(run.updatedAt),
    html_url: `https://github.example/runs/${run.id}`,
    actor: { login: run.actor },
  };
}
