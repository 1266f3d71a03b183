import { LEVEL_YEARS } from "#app/_data/dora/ask.ts";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { metricViews } from "#app/_data/dora/metrics.ts";
import { askedServices } from "#app/_data/dora/scope.ts";
import { readOwners } from "#app/_data/dora/teams.ts";
import { readDecisions } from "#app/_data/reviews/decisions.ts";
import { eventsHash } from "#app/_data/reviews/inputs.ts";
import { readSlosThen } from "#app/_data/reviews/slos.ts";
import { readSpenders } from "#app/_data/reviews/spenders.ts";
import type { ReviewIncident, ReviewNumbers } from "#components/reviews/view.ts";
import type { Db } from "#db/connection.ts";
import {
  type ActionItem,
  type ReviewKey,
  readActions,
  readIncidentsOfMonth,
} from "#db/reads/reviews.ts";
import { monthSpan, type Span } from "#lib/dora/calendar.ts";
import { hashOf } from "#lib/dora/canonical.ts";
import { type DeliveryReview, deliveryReview } from "#lib/dora/review.ts";
import { HOUR } from "#lib/time/duration.ts";

export interface NumbersAsk extends ReviewKey {
  readonly zone: string;
  readonly notes: string;
  /** Epoch ms. */
  readonly now: number;
}

/** The numbers of a month by what is known now; null when it is no month, or has not begun. */
export function readNumbers(db: Db, ask: NumbersAsk): Promise<ReviewNumbers | null> {
  return db.transaction((tx) => numbersIn(tx, ask), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function numbersIn(db: Db, ask: NumbersAsk): Promise<ReviewNumbers | null> {
  const { month, team, zone, notes, now } = ask;
  const span = monthSpan(month, zone);
  if (!span || span.from > now) return null;
  const known = await readDelivery(db);
  const services = askedServices({ team, service: "" }, await readOwners(db, span.from));
  const { knowledge } = known;
  const review = deliveryReview(known.delivery, { month, zone, now, knowledge, services });
  if (!review) return null;
  const sloEdges = fullHours(span);
  const { slos, hash } = await readSlosThen(db, { ...sloEdges, team }, now);
  const events = {
    decisions: await readDecisions(db, { ...span, team, now }),
    incidents: (await readIncidentsOfMonth(db, { ...span, services })).map(incidentOf),
    ...(await readSpenders(db, known, { ...span, services, during: sloEdges })),
  };
  const actions = (await readActions(db, { month, team, from: span.from })).map(actionThen);
  const { inputsHash: delivery, gaps } = review;
  return {
    ...{ version: 2, month, team, zone, ...span, readAt: now, notes },
    ...deliveryPart(review),
    ...{ slos, sloEdges, ...events, actions, gaps, despiteGaps: false },
    inputs: { delivery, slos: hash, events: eventsHash(events), actions: hashOf(actions) },
  };
}

function deliveryPart({ report, before, trend: months }: DeliveryReview) {
  return {
    metrics: metricViews({ report, before, months, year: LEVEL_YEARS[0] }),
    cadence: report.rhythm.cadence,
  };
}

/**
 * Rows older than 35 days are kept for each full hour alone. Where a month begins between two, the hour
 * before is taken from the first day on, so that no number moves when the finer rows go.
 */
function fullHours({ from, to }: Span): Span {
  return { from: Math.floor(from / HOUR) * HOUR, to: Math.floor(to / HOUR) * HOUR };
}

function incidentOf(row: Awaited<ReturnType<typeof readIncidentsOfMonth>>[number]): ReviewIncident {
  const { id, title, service, severity, startedAt, resolvedAt, postmortemUrl } = row;
  return { id, title, service, severity, startedAt, resolvedAt, postmortemUrl };
}

function actionThen(item: ActionItem): ReviewNumbers["actions"][number] {
  const { id, month, text, owner, due, doneAt, doneBy } = item;
  return { id, month, text, owner, due, doneAt, doneBy };
}
