import { addRepository, emptyWorld, openIssue, push } from "#demo/github/build.ts";
import { mergePull } from "#demo/github/merge.ts";
import type { Repository, World } from "#demo/github/world.ts";
import { DELIVERERS, type Deliverer } from "#demo/story/deliveries/deliverer.ts";
import { deployed, type Production, productionOf } from "#demo/story/deliveries/deployed.ts";
import type { Merge, Outage, RepositoryEvent } from "#demo/story/deliveries/event.ts";
import { HISTORY_DAYS, ordinaryDays } from "#demo/story/deliveries/ordinary.ts";
import { TURNS } from "#demo/story/deliveries/turns.ts";
import { DAY } from "#lib/time/duration.ts";

/**
 * What GitHub knows at `now` of everyone's deliveries, when the demo began at `anchor` (epoch ms). Pure:
 * a later `now` adds to the same world, so that the story goes on while the demo runs.
 */
export function tellDeliveries(anchor: number, now: number): World {
  const world = emptyWorld();
  for (const [name, sharing] of Map.groupBy(DELIVERERS, ({ repository }) => repository)) {
    const repository = addRepository(world, name);
    const begin = (Math.floor(anchor / DAY) - HISTORY_DAYS - 1) * DAY;
    push(repository, { at: begin, message: "Begin", author: sharing[0]?.people[0] ?? "ada" });
    const events = eventsOf(sharing, anchor);
    const telling = {
      repository,
      numbers: numbered(events),
      production: productionOf(sharing),
      now,
    };
    for (const event of events) if (event.at <= now) happen(telling, event);
  }
  return world;
}

/** Everything of one repository in the order in which it happens. */
function eventsOf(sharing: readonly Deliverer[], anchor: number): RepositoryEvent[] {
  const names = new Set(sharing.map(({ service }) => service));
  const turns = TURNS.filter(({ service }) => names.has(service));
  const quiet = turns.map((turn) => turn.quiet(anchor));
  return [
    ...sharing.flatMap((each) => ordinaryDays(each, anchor, quiet)),
    ...turns.flatMap((turn) => turn.events(anchor)),
  ].toSorted((a, b) => a.at - b.at);
}

interface Telling {
  readonly repository: Repository;
  readonly numbers: Numbers;
  readonly production: Map<string, Production>;
  readonly now: number;
}

interface Numbers {
  readonly of: ReadonlyMap<RepositoryEvent, number>;
  readonly byKey: ReadonlyMap<string, { readonly number: number; readonly at: number }>;
}

/** Pull requests and issues share their numbers. */
function numbered(events: readonly RepositoryEvent[]): Numbers {
  const numbering = events.filter(({ kind }) => kind === "merge" || kind === "outage");
  const of = new Map(numbering.map((event, i) => [event, i + 1]));
  const byKey = new Map<string, { number: number; at: number }>();
  for (const [event, number] of of) {
    if (event.kind === "merge" && event.key !== null)
      byKey.set(event.key, { number, at: event.at });
  }
  return { of, byKey };
}

function happen(telling: Telling, event: RepositoryEvent): void {
  if (event.kind === "merge") merged(telling, event);
  else if (event.kind === "outage") opened(telling, event);
  else {
    const production = telling.production.get(event.service);
    if (production) deployed(telling.repository, production, event);
  }
}

function merged({ repository, numbers }: Telling, merge: Merge): void {
  const { at, author, reviewer, reviewedAt, reverts } = merge;
  const reverted = reverts === null ? undefined : numbers.byKey.get(reverts)?.number;
  mergePull(repository, {
    number: numbers.of.get(merge) ?? 0,
    title: merge.title,
    body:
      reverted === undefined ? "" : `Reverts ${repository.owner}/${repository.name}#${reverted}`,
    author,
    labels: merge.labels,
    openedAt: merge.openedAt,
    authoredAt: merge.authoredAt,
    readyAt: merge.readyAt,
    reviews: [{ author: reviewer, at: reviewedAt, state: "APPROVED" }],
    mergedAt: at,
    by: merge.merging,
  });
}

/** An issue stays open until what mends it has been merged; the incident may have ended before. */
function opened({ repository, numbers, now }: Telling, outage: Outage): void {
  const { at, severity, resolvedAt, cause, service } = outage;
  const fix = outage.fix === null ? undefined : numbers.byKey.get(outage.fix);
  const closedAt = Math.max(resolvedAt, fix?.at ?? 0);
  const isClosed = closedAt <= now;
  const culprit = cause === null ? undefined : numbers.byKey.get(cause)?.number;
  openIssue(repository, {
    number: numbers.of.get(outage) ?? 0,
    title: outage.title,
    body: bodyOf(outage, { now, cause: culprit }),
    labels: ["incident", `sev${severity}`, `service:${service}`],
    at,
    ...(isClosed ? { closedAt } : {}),
    closedBy: isClosed && fix ? [fix.number] : [],
  });
}

/** In lines that the product reads, with what people say of it below. */
function bodyOf(
  { startedAt, at, resolvedAt, told }: Outage,
  { now, cause }: { now: number; cause: number | undefined },
): string {
  const lines = [
    `Started: ${iso(startedAt)}`,
    `Detected: ${iso(at)}`,
    ...(resolvedAt <= now ? [`Resolved: ${iso(resolvedAt)}`] : []),
    ...(cause === undefined ? [] : [`Caused by: #${cause}`]),
  ];
  return [...lines, "", told].join("\n");
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
