import { z } from "zod";
import { iso, isoOrNull } from "#app/api/v1/list.ts";
import {
  EXCEPTION_NEEDS,
  type ExceptionState,
  exceptionState,
  type PolicyException,
} from "#lib/policy/exception.ts";

export const EXCEPTION_STATES = [
  "asked",
  "in-force",
  "rejected",
  "withdrawn",
  "revoked",
  "expired",
] as const satisfies readonly ExceptionState[];

const time = z.iso.datetime().describe("ISO 8601, UTC");

const exception = z.strictObject({
  id: z.int(),
  service: z.string(),
  slo: z.string().nullable().describe("null: every SLO of the service"),
  environment: z.string().nullable().describe("null: every environment"),
  need: z.enum(EXCEPTION_NEEDS),
  justification: z.string(),
  risk: z.string(),
  mitigations: z.string(),
  state: z.enum(EXCEPTION_STATES),
  askedBy: z.string(),
  askedAt: time,
  expiresAt: time,
  decidedBy: z.string().nullable(),
  decidedAt: time.nullable(),
  decisionNote: z.string().nullable(),
  endedBy: z.string().nullable().describe("who withdrew or revoked it"),
  endedAt: time.nullable(),
  follows: z.int().nullable().describe("the earlier one that this one asks for anew"),
  link: z.string(),
});

export const exceptionList = z.strictObject({ asOf: time, exceptions: z.array(exception) });

interface Seen {
  /** Epoch ms. */
  readonly now: number;
  readonly publicUrl: string;
}

export function exceptionAnswer(
  row: PolicyException,
  { now, publicUrl }: Seen,
): z.infer<typeof exception> {
  const { id, service, slo, environment, need, justification, risk, mitigations } = row;
  return {
    ...{ id, service, slo, environment, need, justification, risk, mitigations },
    state: exceptionState(row, now),
    askedBy: row.askedByName,
    askedAt: iso(row.askedAt),
    expiresAt: iso(row.expiresAt),
    decidedBy: row.decidedByName,
    decidedAt: isoOrNull(row.decidedAt),
    decisionNote: row.decisionNote,
    endedBy: row.endedByName,
    endedAt: isoOrNull(row.endedAt),
    follows: row.follows,
    link: `${publicUrl}/policy/exceptions/${id}`,
  };
}
