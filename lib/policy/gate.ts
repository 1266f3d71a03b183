import type { GateDecision, GateException } from "#lib/policy/decision.ts";
import type { PolicyException } from "#lib/policy/exception.ts";
import type { GateInput } from "#lib/policy/gateInput.ts";
import { linkOf } from "#lib/policy/gateLinks.ts";
import { levelOf, reasonsOf } from "#lib/policy/gateReasons.ts";
import { type Judged, judge } from "#lib/policy/gateSlo.ts";
import { summaryOf } from "#lib/policy/gateWords.ts";

/**
 * May this be shipped? A block in force holds it up unless the policy exempts such a change or an
 * approved exception covers it. Without an enforced SLO, or where one is unknown and no block was in
 * force, the answer is unknown, which is never turned into allow: the environment's rule says whether
 * it proceeds. Aspirational SLOs have no say. Times are epoch ms in and ISO 8601 out.
 * @example gateDecision(input).decision // "block"
 */
export function gateDecision(input: GateInput): GateDecision {
  const judged = judgedOf(input);
  const blocking = judged.filter(({ blocks }) => blocks);
  const decision = verdictOf(judged);
  const used = firstToEnd(blocking);
  const { service, environment, change, sha } = input.ask;
  const { mode, unknown } = input.rule;
  const worst = judged.toSorted((a, b) => levelOf(b) - levelOf(a))[0];
  const answer = {
    ...{ decision, mode, service, environment, change, sha },
    proceed: decision === "allow" || mode === "dry-run" || isOpen(decision, unknown),
    policyState: decision === "unknown" ? "Unknown" : (worst?.policyState ?? "Unknown"),
    policyVersion: worst?.version ?? null,
    asOf: new Date(input.now).toISOString(),
    watermark: oldest(judged.map(({ watermark }) => watermark)),
    coverage: lowest(judged.map(({ coverage }) => coverage)),
    reasons: reasonsOf(judged),
    exception: used && decision === "allow" ? shown(used, input.linkPrefix) : null,
    liftsAt: latest(blocking.map(({ liftsAt }) => liftsAt)),
  };
  return { ...answer, summary: summaryOf(answer, { judged, input }) };
}

/** A label set that is gone has no events to know of: unless it blocks, the SLO that it is of speaks for it. */
function judgedOf(input: GateInput): Judged[] {
  return input.slos
    .filter(({ enforced }) => enforced)
    .map((slo) => ({ slo, said: judge(slo, input) }))
    .filter(({ slo, said }) => said.known || !slo.isGone)
    .map(({ said }) => said);
}

function verdictOf(judged: readonly Judged[]): GateDecision["decision"] {
  if (judged.some(({ blocks, way }) => blocks && way === null)) return "block";
  if (judged.length === 0 || judged.some(({ known }) => !known)) return "unknown";
  return "allow";
}

function isOpen(decision: GateDecision["decision"], unknown: "open" | "closed"): boolean {
  return decision === "unknown" && unknown === "open";
}

/** Of the exceptions that the answer needs, the one after whose end it is another answer. */
function firstToEnd(blocking: readonly Judged[]): PolicyException | null {
  const used = blocking.flatMap(({ way }) => (typeof way === "object" && way ? [way] : []));
  return used.toSorted((a, b) => a.expiresAt - b.expiresAt)[0] ?? null;
}

function shown({ id, expiresAt, decidedByName }: PolicyException, prefix: string): GateException {
  return {
    id,
    expiresAt: new Date(expiresAt).toISOString(),
    approvedBy: decidedByName ?? "",
    link: linkOf(prefix, { exception: id }),
  };
}

/** Null as soon as one is not known, or there is none. All are ISO 8601 UTC of the same length. */
function oldest(times: readonly (string | null)[]): string | null {
  return times.includes(null) ? null : (times.toSorted()[0] ?? null);
}

function latest(times: readonly (string | null)[]): string | null {
  return times.includes(null) ? null : (times.toSorted().at(-1) ?? null);
}

function lowest(shares: readonly (number | null)[]): number | null {
  const known = shares.filter((share) => share !== null);
  return known.length === shares.length && known.length > 0 ? Math.min(...known) : null;
}
