import { readDeliveryViews } from "#app/_data/sources/deliveries.ts";
import type {
  BackfillView,
  DocumentView,
  GapView,
  SourcesView,
  SourceView,
  SuspectView,
} from "#components/sources/view.ts";
import { config } from "#config/current.ts";
import type { Db } from "#db/client.ts";
import { readRefused, readUsersOf, type SliUser } from "#db/reads/sliUsers.ts";
import {
  type DocumentRecord,
  readDocuments,
  readGaps,
  readSources,
  readSuspects,
  type SourceGap,
  type SourceOverview,
} from "#db/reads/sources.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/** Rows of gaps that are read per source; equal stretches of many SLIs become one line. */
const GAP_ROWS = 500;
const SUSPECTS = 20;
const REFUSALS = 20;

/** The sources page, from one snapshot of the database. */
export function readSourcesView(db: Db, now: number): Promise<SourcesView> {
  const read = async (tx: Db) => {
    const overviews = await readSources(tx);
    const sources: SourceView[] = [];
    for (const overview of overviews.filter(isCounted)) {
      sources.push(await sourceView(tx, overview));
    }
    const deliveries = await readDeliveryViews(tx, overviews, now);
    const documents = (await readDocuments(tx)).map(documentView);
    return { readAt: now, sources, deliveries, documents, globs: config().slos.globs };
  };
  return db.transaction(read, { isolationLevel: "repeatable read", accessMode: "read only" });
}

/** The others tell of deployments and incidents. */
function isCounted({ kind }: SourceOverview): boolean {
  return kind === "prometheus" || kind === "synthetic";
}

async function sourceView(db: Db, overview: SourceOverview): Promise<SourceView> {
  const { removedAt: _removed, backfillDone: _done, backfillOf: _of, ...shown } = overview;
  return {
    ...shown,
    backfill: backfillView(overview),
    refusals: (await readRefused(db, overview.name, REFUSALS)).map(refusalView),
    gaps: sharedGaps(await readGaps(db, overview.name, GAP_ROWS), overview.watermark),
    suspects: await suspectViews(db, overview.name),
  };
}

function backfillView({ backfillDone, backfillOf, slis }: SourceOverview): BackfillView | null {
  if (slis === 0 || backfillOf === 0 || backfillDone >= backfillOf) return null;
  const days = (minutes: number) => (minutes * MINUTE) / DAY / slis;
  return {
    share: backfillDone / backfillOf,
    daysDone: days(backfillDone),
    daysOf: days(backfillOf),
  };
}

function refusalView({ service, name, error }: SliUser) {
  return { service, slo: name, error: error ?? "" };
}

/**
 * SLIs of one server mostly miss the same minutes. An open gap after which nothing came (`watermark`
 * ends the newest data) goes on: while the server fails, nobody writes down that it grows.
 */
function sharedGaps(gaps: readonly SourceGap[], watermark: number | null): GapView[] {
  const views = gaps.map(({ fromAt, toAt, state }) => {
    const goesOn = state === "open" && (watermark === null || toAt > watermark);
    return { from: fromAt, to: goesOn ? null : toAt, state };
  });
  const groups = Map.groupBy(views, ({ from, to, state }) => `${from} ${to} ${state}`);
  return [...groups.values()].flatMap(([gap, ...rest]) =>
    gap ? [{ ...gap, slis: rest.length + 1 }] : [],
  );
}

async function suspectViews(db: Db, source: string): Promise<SuspectView[]> {
  const rows = await readSuspects(db, source, SUSPECTS);
  const users = await readUsersOf(db, [...new Set(rows.map(({ sliId }) => sliId))]);
  return rows.map(({ sliId, at, counted, plain, kept }) => {
    const own = users.filter((user) => user.sliId === sliId);
    return { slos: own.map((user) => `${user.service}/${user.name}`), at, counted, plain, kept };
  });
}

function documentView(record: DocumentRecord): DocumentView {
  const { path, dialect, goodAt, seenAt, findings, url } = record;
  return { path, dialect, goodAt, seenAt, findings, url };
}
