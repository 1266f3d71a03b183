import type { PolicyException } from "#lib/policy/exception.ts";
import type { GateInput, GateSlo } from "#lib/policy/gateInput.ts";
import { HOUR } from "#lib/time/duration.ts";

/** For tests of policies. */

export const NOW = Date.UTC(2026, 6, 1, 10);
const iso = (at: number) => new Date(at).toISOString();

const THRESHOLDS = [
  { at: 0.5, name: "Review", gate: "allow" },
  { at: 1, name: "Freeze", gate: "block" },
] as const;

/** An SLO of `checkout` that is well, with what a test wants to be different. */
export function gateSlo(slo: string, of: Partial<GateSlo> = {}, status: object = {}): GateSlo {
  return {
    service: "checkout",
    slo,
    formerly: [],
    enforced: true,
    exempt: ["p0", "security"],
    version: 7,
    status: {
      ...{ state: "healthy", policyState: "Healthy", held: false, consumed: 0.1 },
      ...{ coverage: 0.99, watermark: iso(NOW - 60_000), asOf: iso(NOW - 60_000) },
      ...status,
    },
    detail: { blocks: false, liftsAt: null, thresholds: THRESHOLDS },
    ...of,
  };
}

/** One whose budget is gone; it lifts so many hours from now. */
export function frozen(slo: string, liftsInHours: number | null = 78, of: Partial<GateSlo> = {}) {
  const liftsAt = liftsInHours === null ? null : iso(NOW + liftsInHours * HOUR);
  const detail = { blocks: true, liftsAt, thresholds: THRESHOLDS };
  const status = { state: "exhausted", policyState: "Freeze", consumed: 1.18 };
  return gateSlo(slo, { detail, ...of }, status);
}

/** Approved by Grace for a week, for all of `checkout`. */
export function exceptionOf(of: Partial<PolicyException> = {}): PolicyException {
  return {
    ...{ id: 7, service: "checkout", slo: null, environment: null, need: "launch" },
    ...{ justification: "j", risk: "r", mitigations: "m" },
    ...{ askedBy: "ada@example.org", askedByName: "Ada", askedAt: NOW - 48 * HOUR },
    expiresAt: NOW + 168 * HOUR,
    ...{ decision: "approved", decidedByName: "Grace", decidedAt: NOW - 24 * HOUR },
    ...{ decisionNote: null, endedAt: null, endedByName: null, follows: null },
    ...of,
  };
}

/** A feature for production, where rules are as by default. */
export function gateInput(slos: readonly GateSlo[], of: Partial<GateInput> = {}): GateInput {
  return {
    ask: { service: "checkout", environment: "production", change: "feature", sha: null },
    rule: { mode: "enforce", unknown: "closed" },
    exceptions: [],
    now: NOW,
    linkPrefix: "https://plimsoll.example",
    slos,
    ...of,
  };
}
