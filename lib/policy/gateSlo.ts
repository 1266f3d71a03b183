import { covers, exceptionState, type PolicyException } from "#lib/policy/exception.ts";
import type { GateInput, GateSlo } from "#lib/policy/gateInput.ts";
import { linkOf } from "#lib/policy/gateLinks.ts";
import { STALE_MS } from "#lib/slo/present.ts";

/** What one SLO has to say. */
export interface Judged {
  readonly slo: string;
  readonly version: number;
  /** The numbers count now: a held state is one that nobody could look at again. */
  readonly known: boolean;
  /** The last known policy state; "Unknown" where there is none, or none that says anything. */
  readonly policyState: string;
  readonly blocks: boolean;
  /** What lets the change through its block: the policy itself, or an exception. */
  readonly way: "exempt" | PolicyException | null;
  readonly thresholds: readonly { readonly at: number; readonly name: string }[];
  /** Share of the budget spent; null while it is not known. */
  readonly consumed: number | null;
  readonly coverage: number | null;
  readonly watermark: string | null;
  readonly liftsAt: string | null;
  readonly link: string;
}

/**
 * One SLO at `now`: a block that is in force or was when it was last known, and what lets this change
 * through it. An SLO that was never evaluated is not known and blocks nothing.
 * @example judge(slo, input).blocks // true
 */
export function judge(slo: GateSlo, input: GateInput): Judged {
  const { status, detail } = slo;
  const fresh = status !== null && input.now - Date.parse(status.asOf) <= STALE_MS;
  const trusted = fresh && status.state !== "unknown" && !status.held;
  const blocks = detail?.blocks ?? false;
  return {
    slo: slo.slo,
    version: slo.version,
    known: trusted || blocks,
    policyState: trusted || blocks ? (status?.policyState ?? "Unknown") : "Unknown",
    blocks,
    way: blocks ? wayThrough(slo, input) : null,
    thresholds: detail?.thresholds ?? [],
    consumed: trusted ? status.consumed : null,
    coverage: status?.coverage ?? null,
    watermark: status?.watermark ?? null,
    liftsAt: trusted ? (detail?.liftsAt ?? null) : null,
    link: linkOf(input.linkPrefix, slo),
  };
}

/** What was let through for a grouped SLO is let through for each of its label sets. */
function groupOf({ service, status }: GateSlo): { service: string; slo: string }[] {
  return status?.instance ? [{ service, slo: status.instance.of }] : [];
}

function wayThrough(slo: GateSlo, { ask, exceptions, now }: GateInput): Judged["way"] {
  if (ask.change !== "feature" && slo.exempt.includes(ask.change)) return "exempt";
  const { environment } = ask;
  const names = [slo, ...groupOf(slo), ...slo.formerly];
  const covering = exceptions
    .filter((exception) => exceptionState(exception, now) === "in-force")
    .filter((exception) => names.some((name) => covers(exception, { ...name, environment })));
  return covering.toSorted((a, b) => b.expiresAt - a.expiresAt)[0] ?? null;
}
