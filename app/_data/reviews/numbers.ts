import { LEVEL_YEARS } from "#app/_data/dora/ask.ts";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { metricViews } from "#app/_data/dora/metrics.ts";
import { askedServices } from "#app/_data/dora/scope.ts";
import { readOwners } from "#app/_data/dora/teams.ts";
import { readSlosThen } from "#app/_data/reviews/slos.ts";
import { readSpenders } from "#app/_data/reviews/spenders.ts";
import type { ReviewIncident, ReviewNumbers } from "#components/reviews/view.ts";
import type { Db } from "#db/connection.ts";
import { type IncidentRecord, readIncidents } from "#db/reads/incidents.ts";
import type { ReviewKey } from "#db/reads/reviews.ts";
import { monthSpan } from "#lib/dora/calendar.ts";
import { deliveryReview } from "#lib/dora/review.ts";

export interface NumbersAsk extends ReviewKey {
  readonly zone: string;
  readonly notes: string;
  /** Epoch ms. */
  readonly now: number;
}

/** More incidents than these in a month are a list that nobody reads in a review. */
const MOST_INCIDENTS = 200;

/** The numbers of a month by what is known now; null when it is no month, or has not begun. */
export async function readNumbers(db: Db, ask: NumbersAsk): Promise<ReviewNumbers | null> {
  const { month, team, zone, notes, now } = ask;
  const span = monthSpan(month, zone);
  if (!span || span.from > now) return null;
  const known = await readDelivery(db);
  const services = askedServices({ team, service: "" }, await readOwners(db));
  const input = { month, zone, now, synced: known.synced, services };
  const review = deliveryReview(known.delivery, input);
  if (!review) return null;
  const { report, before, trend: months, inputsHash } = review;
  const { slos, transitions, hash } = await readSlosThen(db, { ...span, team }, now);
  return {
    ...{ version: 1, month, team, zone, from: span.from, to: span.to, readAt: now, notes },
    metrics: metricViews({ report, before, months, year: LEVEL_YEARS[0] }),
    cadence: report.rhythm.cadence,
    ...{ slos, transitions },
    incidents: await incidentsOf(db, { ...span, services }),
    spenders: await readSpenders(db, known, { ...span, services }),
    inputs: { delivery: inputsHash, slos: hash },
  };
}

async function incidentsOf(
  db: Db,
  { from, to, services }: Parameters<typeof readSpenders>[2],
): Promise<ReviewIncident[]> {
  if (services?.size === 0) return [];
  const filter = { services: services && [...services], severity: null, state: null, from, to };
  const page = await readIncidents(db, filter, { limit: MOST_INCIDENTS, offset: 0 });
  return page.incidents.map(incidentOf).sort((a, b) => a.startedAt - b.startedAt);
}

function incidentOf(row: IncidentRecord): ReviewIncident {
  const { id, title, service, severity, startedAt, resolvedAt, postmortemUrl } = row;
  return { id, title, service, severity, startedAt, resolvedAt, postmortemUrl };
}
