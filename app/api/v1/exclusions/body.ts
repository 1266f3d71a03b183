import { z } from "zod";
import { moment } from "#app/api/parameters.ts";
import { line, link } from "#app/api/v1/ingest.ts";
import type { ExclusionFields } from "#db/writes/exclusions.ts";

const LONGEST_REASON = 2_000;
const LONGEST_RULE = 200;

const title = line(300);
const reason = z
  .string("must be a text")
  .trim()
  .min(1, "must not be empty")
  .max(LONGEST_REASON, `may have at most ${LONGEST_REASON} characters`);
const rrule = z
  .string("must be a text")
  .max(LONGEST_RULE, `may have at most ${LONGEST_RULE} characters`)
  .nullable()
  .describe("RFC 5545: when it comes again, such as FREQ=WEEKLY;BYDAY=SU");
const zone = line(64).describe("IANA time zone on whose clocks it comes again");
const excluded = z
  .boolean("must be true or false")
  .describe("whether its events are left out of the budget");
const url = link.max(2_000, "may have at most 2000 characters").nullable();

/** A window of maintenance or of an experiment, as a person or program tells of it. */
export const exclusionBody = z.strictObject({
  id: line(200).describe("the sender's own; the same id again changes what was told").optional(),
  kind: z.enum(["maintenance", "experiment"], { error: "must be maintenance or experiment" }),
  service: line(200).describe("name of the service, as in its SLO documents"),
  slo: line(200).nullable().describe("null: every SLO of the service").optional(),
  title,
  reason,
  startsAt: moment.describe("ISO 8601 with a zone"),
  endsAt: moment.nullable().describe("null: the experiment still runs").optional(),
  rrule: rrule.optional(),
  zone: zone.optional(),
  excluded: excluded
    .optional()
    .describe(
      "by default maintenance is left out, and an experiment counts unless the policy leaves it out",
    ),
  url: url.optional(),
});

/** What is changed; all else stays. */
export const exclusionChange = z
  .strictObject({
    title,
    reason,
    startsAt: moment,
    endsAt: moment.nullable(),
    rrule,
    zone,
    excluded,
    url,
  })
  .partial()
  .refine((body) => Object.keys(body).length > 0, {
    error: "must change something; to end an experiment, send endsAt",
  });

/** The message in our own terms, with what goes without saying. */
export function fieldsOf(body: z.output<typeof exclusionBody>): ExclusionFields {
  const { kind, service, title, reason, startsAt } = body;
  return {
    ...{ kind, service, title, reason, startsAt },
    slo: body.slo ?? null,
    endsAt: body.endsAt ?? null,
    rrule: body.rrule ?? null,
    zone: body.zone ?? "UTC",
    excluded: body.excluded ?? kind === "maintenance",
    url: body.url ?? null,
  };
}
