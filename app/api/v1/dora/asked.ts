import { z } from "zod";
import { DEFAULT_ZONE } from "#app/_data/dora/ask.ts";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { askedServices, knownServices } from "#app/_data/dora/scope.ts";
import { distinct, readOwners } from "#app/_data/dora/teams.ts";
import { moment } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";
import type { Db } from "#db/connection.ts";
import { periodSpan } from "#lib/dora/period.ts";
import { type DoraReport, doraReport } from "#lib/dora/report.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import { type Selection, select } from "#lib/dora/selection.ts";
import { DAY } from "#lib/time/duration.ts";
import { isZone } from "#lib/time/zone.ts";

const LONGEST_MS = 732 * DAY;

/** What is asked of delivery, of whom and when. */
export const askedShape = {
  team: z.string().max(200).optional(),
  service: z.string().max(200).optional(),
  from: moment.optional(),
  to: moment.optional(),
  zone: z
    .string()
    .refine(isZone, { error: "must be an IANA time zone, such as Europe/Berlin" })
    .default(DEFAULT_ZONE),
};

type Asked = z.output<z.ZodObject<typeof askedShape>>;

export interface AnsweredDora {
  readonly report: DoraReport;
  readonly selection: Selection;
  readonly delivery: Awaited<ReturnType<typeof readDelivery>>["delivery"];
}

/** The report of a range; without one, of the 30 days that end with today in its zone. */
export async function answerDora(db: Db, asked: Asked, now: number): Promise<AnsweredDora> {
  const known = await readDelivery(db);
  const owners = await readOwners(db);
  requireKnown("team", asked.team, distinct(owners.map(({ team }) => team)));
  const services = distinct([...knownServices(known), ...owners.map(({ service }) => service)]);
  requireKnown("service", asked.service, services);
  const chosen = askedServices({ team: asked.team ?? "", service: asked.service ?? "" }, owners);
  const scope: ReportScope = {
    ...rangeOf(asked, now),
    ...{ zone: asked.zone, now, knowledge: known.knowledge },
  };
  const { delivery } = known;
  return {
    delivery,
    report: doraReport(delivery, scope, chosen),
    selection: select(delivery, scope, chosen),
  };
}

function rangeOf({ from, to, zone }: Asked, now: number): { from: number; to: number } {
  const usual = periodSpan({ period: { kind: "last", days: 30 }, zone, now });
  const end = to ?? usual?.to ?? now;
  const start = from ?? (to === undefined ? (usual?.from ?? end) : to - 30 * DAY);
  if (start >= end) throw bad("to", "must be after `from`");
  if (end - start > LONGEST_MS) throw bad("from", "at most two years at a time");
  return { from: start, to: end };
}

/** A misspelt name must not look like a team that never deploys. */
function requireKnown(field: string, name: string | undefined, known: readonly string[]): void {
  if (name === undefined || known.includes(name)) return;
  throw bad(field, `no such ${field}; nothing that we know is called "${name}"`);
}

function bad(field: string, message: string): RequestError {
  return new RequestError(400, "bad-parameter", "The query has parameters that cannot be used.", [
    { field, message },
  ]);
}
