import { z } from "zod";
import type { Variables } from "#collectors/github/client.ts";
import type { Asking } from "#collectors/github/commits.ts";
import { deploymentsQuery } from "#collectors/github/queries/deployments.ts";
import { issuesQuery } from "#collectors/github/queries/issues.ts";
import type { ListQuery } from "#collectors/github/queries/page.ts";
import { pullCommitsQuery, pullsQuery, pullsWithFiles } from "#collectors/github/queries/pulls.ts";
import { releasesQuery, tagsQuery } from "#collectors/github/queries/versions.ts";
import { tagTime } from "#collectors/github/record.ts";
import { type PullNode, type RunRow, runShape } from "#collectors/github/schema.ts";
import { type Position, type Rows, type Track, track } from "#collectors/github/track.ts";

/** Told of what could not be had while the rest of a page was. */
export type Complain = (message: string) => void;

export interface ListAsking extends Asking {
  /** `owner/name`, for the REST API. */
  readonly fullName: string;
  readonly complain: Complain;
  /** Whether it must be known which files a pull request changed. */
  readonly withFiles: boolean;
}

/** The lists of a repository, each from new to old. */
export function openLists(asking: ListAsking, at: Readonly<Record<string, Position>>) {
  return {
    deployment: track(
      listing(asking, deploymentsQuery, { pageSize: 100, timeOf: ({ createdAt }) => createdAt }),
      at.deployment,
    ),
    release: track(
      listing(asking, releasesQuery, {
        pageSize: 100,
        timeOf: ({ publishedAt, createdAt }) => publishedAt ?? createdAt,
      }),
      at.release,
    ),
    tag: track(
      listing(asking, tagsQuery, { pageSize: 100, timeOf: (tag) => tagTime(tag) ?? 0 }),
      at.tag,
    ),
    pulls: track(pulls(asking), at.pulls),
    issues: (labels: readonly string[]) =>
      track(
        listing(asking, issuesQuery, {
          pageSize: 50,
          timeOf: ({ updatedAt }) => updatedAt,
          variables: { labels },
        }),
        at.issues,
      ),
    workflow: (file: string) => runs(asking, file, at[`workflow:${file}`]),
  };
}

interface ListingOptions<T> {
  readonly pageSize: number;
  timeOf(row: T): number;
  readonly variables?: Variables;
}

function listing<T>(asking: ListAsking, query: ListQuery<T>, options: ListingOptions<T>) {
  const { client, repository, signal, complain } = asking;
  return {
    pageSize: options.pageSize,
    timeOf: options.timeOf,
    async ask(first: number, after: string | null): Promise<Rows<T>> {
      const variables = { ...options.variables, repository, first, after };
      const { data, problems } = await client.query(query, variables, signal);
      for (const { message } of problems) complain(message.slice(0, 300));
      const { pageInfo, nodes } = data.node.list;
      return { rows: nodes, next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null };
    },
  };
}

/** Half pages: their sub-lists cost more, and GitHub's deadline is near with a hundred. */
function pulls(asking: ListAsking) {
  const query = asking.withFiles ? pullsWithFiles : pullsQuery;
  const plain = listing<PullNode>(asking, query, {
    pageSize: 50,
    timeOf: ({ updatedAt }) => updatedAt,
  });
  return {
    ...plain,
    async ask(first: number, after: string | null): Promise<Rows<PullNode>> {
      const { rows, next } = await plain.ask(first, after);
      return { rows: await Promise.all(rows.map((pull) => withAllCommits(asking, pull))), next };
    },
  };
}

async function withAllCommits(asking: Asking, pull: PullNode): Promise<PullNode> {
  const { pageInfo, nodes } = pull.commits;
  if (!pageInfo.hasNextPage) return pull;
  const variables = { id: pull.id, after: pageInfo.endCursor };
  const { data } = await asking.client.query(pullCommitsQuery, variables, asking.signal);
  if (!data.node) return pull;
  const commits = { ...data.node.commits, nodes: [...nodes, ...data.node.commits.nodes] };
  return withAllCommits(asking, { ...pull, commits });
}

const runsShape = z.object({ workflow_runs: z.array(runShape) });

/** Runs of Actions are only in REST, whose pages are numbered. */
function runs(asking: ListAsking, file: string, at: Position | undefined): Track<RunRow> {
  const { client, fullName, signal } = asking;
  const path = `/repos/${fullName}/actions/workflows/${encodeURIComponent(file)}/runs`;
  return track(
    {
      pageSize: 100,
      timeOf: ({ created_at }: RunRow) => created_at,
      async ask(first: number, after: string | null): Promise<Rows<RunRow>> {
        const page = Number(after ?? 1);
        const address = `${path}?per_page=${first}&page=${page}`;
        const { workflow_runs: rows } = await client.get(address, runsShape, signal);
        return { rows, next: rows.length < first ? null : String(page + 1) };
      },
    },
    at,
  );
}
