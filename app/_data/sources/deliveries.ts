import type {
  BackfillView,
  DeliverySourceView,
  QuotaView,
  RepositoryView,
} from "#components/sources/view.ts";
import { config } from "#config/current.ts";
import type { Db } from "#db/client.ts";
import {
  type DeliveryProgressRow,
  type RepositoryRow,
  readDeliveryProgress,
  readRepositories,
} from "#db/reads/deliverySources.ts";
import type { SourceOverview } from "#db/reads/sources.ts";
import { DAY } from "#lib/time/duration.ts";

/** The sources that tell of deployments and incidents, each with its repositories and its quota. */
export async function readDeliveryViews(
  db: Db,
  overviews: readonly SourceOverview[],
  now: number,
): Promise<DeliverySourceView[]> {
  const views: DeliverySourceView[] = [];
  for (const overview of overviews) {
    if (overview.kind !== "github" && overview.kind !== "pagerduty") continue;
    const { name, state, address, lastSuccessAt, error, errorSince } = overview;
    const progress = await readDeliveryProgress(db, name);
    const repositories = (await readRepositories(db, name)).map(repositoryView);
    views.push({
      ...{ name, state, address, lastSuccessAt, error, errorSince, repositories },
      quota: progress && quotaView(progress),
      failures: progress?.failures ?? [],
      backfill: backfillView(repositories, now),
    });
  }
  return views;
}

function quotaView(row: DeliveryProgressRow): QuotaView | null {
  const { pointsUsed: used, pointsRemaining: remaining, pointsLimit: limit } = row;
  if (remaining === null || limit === null) return null;
  return { used, remaining, limit, resetAt: row.pointsResetAt };
}

function repositoryView({ id, fullName: name, url, collectedFrom, complete }: RepositoryRow) {
  return { id, name, url, collectedFrom, complete } satisfies RepositoryView;
}

/** As far as the slowest repository has got. */
function backfillView(repositories: readonly RepositoryView[], now: number): BackfillView | null {
  const open = repositories.filter(({ complete }) => !complete);
  const wantedMs = config().delivery.github?.historyMs ?? 0;
  if (open.length === 0 || wantedMs === 0) return null;
  const from = Math.max(...open.map(({ collectedFrom }) => collectedFrom));
  const doneMs = Math.min(wantedMs, Math.max(0, now - from));
  return { share: doneMs / wantedMs, daysDone: doneMs / DAY, daysOf: wantedMs / DAY };
}
