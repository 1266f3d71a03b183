import { z } from "zod";
import { line, link, pastMoment } from "#app/api/v1/ingest.ts";
import { TOLD_FIELDS } from "#db/writes/incidentFields.ts";

/** What the pages about incidents send. */

const LONGEST_TEXT = 8_000;
const LONGEST_URL = 2_000;

const severity = z.enum(["SEV1", "SEV2", "SEV3"], { error: "must be SEV1, SEV2 or SEV3" });
const url = link.max(LONGEST_URL, `may have at most ${LONGEST_URL} characters`).nullable();
const id = z.string("must be an id").min(1, "must not be empty").max(1_000, "is no id of ours");

/** The team's own word for a kind of trouble. */
const incidentClass = line(60).nullable();

/** Several lines are one text. */
const text = z
  .string("must be a text")
  .trim()
  .max(LONGEST_TEXT, `may have at most ${LONGEST_TEXT} characters`);

/** `updatedAt` of what was seen, so that nobody writes over what another has just written. */
const seen = z.int({ error: "must be the updatedAt that the page shows" });

export const openBody = z.strictObject({
  service: line(200),
  title: line(300),
  severity,
  startedAt: pastMoment,
  detectedAt: pastMoment.nullable().default(null),
  mitigatedAt: pastMoment.nullable().default(null),
  resolvedAt: pastMoment.nullable().default(null),
  url: url.default(null),
  incidentClass: incidentClass.default(null),
});

const review = z.strictObject({
  detection: text.optional(),
  triage: text.optional(),
  mitigation: text.optional(),
  rootCause: text.optional(),
  followUps: text.optional(),
});

export const editBody = z.strictObject({
  updatedAt: seen,
  service: line(200).optional(),
  title: line(300).optional(),
  severity: severity.optional(),
  startedAt: pastMoment.optional(),
  detectedAt: pastMoment.nullable().optional(),
  mitigatedAt: pastMoment.nullable().optional(),
  resolvedAt: pastMoment.nullable().optional(),
  url: url.optional(),
  incidentClass: incidentClass.optional(),
  runbookUrl: url.optional(),
  postmortemUrl: url.optional(),
  review: review.optional(),
  /** A field that its source may set again. */
  handBack: z.enum(TOLD_FIELDS, { error: "names no field that a source tells" }).optional(),
});

/** A deployment's id; null: none caused it; "inferred": as the facts say. */
export const causeBody = z.strictObject({
  updatedAt: seen,
  deployment: z.union([z.strictObject({ id }), z.literal(["none", "inferred"])], {
    error: 'must be {"id": …}, "none" or "inferred"',
  }),
});

/** Null takes the merge back. */
export const mergeBody = z.strictObject({ updatedAt: seen, into: id.nullable() });

export const noteBody = z.strictObject({
  text: text.min(1, "must not be empty"),
  /** When it happened; now when it is not said. */
  at: pastMoment.optional(),
});
