import { SLO_STATES, type SloState } from "#lib/slo/status.ts";

export interface Ranked {
  readonly state: SloState;
  /** Signed; null = not known. */
  readonly remaining: number | null;
  readonly enforced: boolean;
}

/**
 * The SLO whose state a service or team takes: the worst enforced one, among equals the one with the
 * least budget. Null when none is enforced: aspirational SLOs never count.
 * @example worstSlo(slos)?.state // "exhausted"
 */
export function worstSlo<S extends Ranked>(slos: readonly S[]): S | null {
  return slos.filter((slo) => slo.enforced).sort(byWorst)[0] ?? null;
}

/**
 * Orders SLOs worst first: by state, then by remaining budget, unknown budgets before known ones.
 * @example slos.toSorted(byWorst)
 */
export function byWorst(a: Omit<Ranked, "enforced">, b: Omit<Ranked, "enforced">): number {
  const state = SLO_STATES.indexOf(a.state) - SLO_STATES.indexOf(b.state);
  if (state !== 0) return state;
  return compare(a.remaining ?? Number.NEGATIVE_INFINITY, b.remaining ?? Number.NEGATIVE_INFINITY);
}

/** Subtraction would make NaN of two infinities. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
