import { z } from "zod";
import { moment } from "#app/api/parameters.ts";
import { line, link } from "#app/api/v1/ingest.ts";
import { EXCEPTION_NEEDS, MAX_EXCEPTION_MS } from "#lib/policy/exception.ts";
import { DAY } from "#lib/time/duration.ts";

/** What the pages about policy send. */

const LONGEST = 4_000;

/** Several lines; what nobody writes down nobody can decide on. */
const told = z
  .string("must be a text")
  .trim()
  .min(1, "must not be empty")
  .max(LONGEST, `may have at most ${LONGEST} characters`);

const name = line(200);

export const askBody = z.strictObject({
  service: name,
  /** Null: every SLO of the service. */
  slo: name.nullable().default(null),
  /** Null: every environment. */
  environment: name.nullable().default(null),
  need: z.enum(EXCEPTION_NEEDS, { error: `must be one of ${EXCEPTION_NEEDS.join(", ")}` }),
  justification: told,
  risk: told,
  mitigations: told,
  expiresAt: moment
    .refine((at) => at > Date.now(), { error: "must lie in the future" })
    .refine((at) => at <= Date.now() + MAX_EXCEPTION_MS, {
      error: `must be at most ${MAX_EXCEPTION_MS / DAY} days from now`,
    }),
  /** The earlier exception that this one asks for anew. */
  follows: z.int().positive().nullable().default(null),
});

export const decisionBody = z.strictObject({
  decision: z.enum(["approved", "rejected"], { error: "must be approved or rejected" }),
  note: told.nullable().default(null),
});

/** A thing is done somewhere, or for a reason: one of both is said. */
const settled = z
  .strictObject({
    done: z.literal(true),
    url: link.max(2_000, "may have at most 2000 characters").nullable().default(null),
    note: told.nullable().default(null),
  })
  .refine(({ url, note }) => url !== null || note !== null, {
    path: ["url"],
    error: "must say where it is, unless a note says why there is nothing to link to",
  });

export const owedBody = z.discriminatedUnion(
  "done",
  [settled, z.strictObject({ done: z.literal(false) })],
  { error: "must say done: true or false" },
);
