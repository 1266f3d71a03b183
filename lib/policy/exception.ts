import { DAY } from "#lib/time/duration.ts";

/** Kinds of need, so that like ones can be counted: many teams with the same one is a finding about the policy. */
export const EXCEPTION_NEEDS = [
  "launch",
  "commitment",
  "dependency",
  "measurement",
  "security",
  "other",
] as const;

export type ExceptionNeed = (typeof EXCEPTION_NEEDS)[number];

/** The longest that an exception may last, from when it is asked for. */
export const MAX_EXCEPTION_MS = 90 * DAY;

/** So long before an exception in force ends, its end is told. */
export const EXPIRY_NOTICE_MS = 7 * DAY;

/** A written way around a block. Times are epoch ms. */
export interface PolicyException {
  readonly id: number;
  readonly service: string;
  /** Null: every SLO of the service. */
  readonly slo: string | null;
  /** Null: every environment. */
  readonly environment: string | null;
  readonly need: ExceptionNeed;
  readonly justification: string;
  readonly risk: string;
  readonly mitigations: string;
  /** Identity, for the rule that nobody decides on their own. */
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly decision: "approved" | "rejected" | null;
  readonly decidedByName: string | null;
  readonly decidedAt: number | null;
  readonly decisionNote: string | null;
  readonly endedAt: number | null;
  readonly endedByName: string | null;
  /** The earlier one that this one asks for anew. */
  readonly follows: number | null;
}

export type ExceptionState =
  | "asked"
  | "in-force"
  | "rejected"
  | "withdrawn"
  | "revoked"
  | "expired";

type Standing = Pick<PolicyException, "decision" | "endedAt" | "expiresAt">;

/**
 * Where an exception stands at `now` (epoch ms). It is over from the very millisecond of `expiresAt`,
 * asked or approved alike; what was rejected or taken back stays so.
 * @example exceptionState({ decision: "approved", endedAt: null, expiresAt: 5 }, 5) // "expired"
 */
export function exceptionState(exception: Standing, now: number): ExceptionState {
  const { decision, endedAt, expiresAt } = exception;
  if (decision === "rejected") return "rejected";
  if (endedAt !== null && endedAt <= now) return decision === null ? "withdrawn" : "revoked";
  if (now >= expiresAt) return "expired";
  return decision === null ? "asked" : "in-force";
}

/** What an exception may cover: an SLO in an environment. */
export interface Coverable {
  readonly service: string;
  readonly slo: string;
  readonly environment: string;
}

/**
 * Whether the scope of an exception holds this SLO in this environment, whenever that is; a scope
 * without SLO or environment holds all of them.
 * @example covers({ service: "api", slo: null, environment: null }, { service: "api", slo: "latency", environment: "production" }) // true
 */
export function covers(
  scope: Pick<PolicyException, "service" | "slo" | "environment">,
  { service, slo, environment }: Coverable,
): boolean {
  return (
    scope.service === service &&
    (scope.slo === null || scope.slo === slo) &&
    (scope.environment === null || scope.environment === environment)
  );
}
