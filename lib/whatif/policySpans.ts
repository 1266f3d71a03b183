import { type PolicyReading, policyState } from "#lib/policy/policy.ts";
import type { BudgetPoint } from "#lib/slo/series.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** A time `[from, to)` (epoch ms) in one policy state. */
export interface PolicySpan extends PolicyReading {
  readonly from: number;
  readonly to: number;
}

type Policed = Pick<SloDefinition, "policy" | "enforced">;
type Before = Pick<PolicyReading, "policyState" | "blocks"> | null;

/**
 * The policy states that a burndown goes through, one after the other, with hysteresis and holds as
 * evaluations have them: each point counts until the next one. `before` is the state it starts from.
 * @example policySpans(definition, points, null).at(-1)?.policyState // "Feature freeze"
 */
export function policySpans(
  { policy, enforced }: Policed,
  points: readonly BudgetPoint[],
  before: Before,
): PolicySpan[] {
  const spans: PolicySpan[] = [];
  let previous = before;
  for (const [i, { at, remaining, budgetTotal }] of points.entries()) {
    const reading = policyState({
      policy,
      consumed: remaining === null ? null : 1 - remaining,
      previous,
      advisory: !enforced || (budgetTotal ?? 1) < 1,
    });
    add(spans, { ...reading, from: at, to: points[i + 1]?.at ?? at });
    previous = reading;
  }
  return spans;
}

function add(spans: PolicySpan[], next: PolicySpan): void {
  const last = spans.at(-1);
  if (last && isSame(last, next)) spans[spans.length - 1] = { ...last, to: next.to };
  else spans.push(next);
}

function isSame(a: PolicyReading, b: PolicyReading): boolean {
  return a.policyState === b.policyState && a.blocks === b.blocks && a.held === b.held;
}

/** How long one policy state was in force. */
export interface StateTime {
  readonly state: string;
  readonly blocks: boolean;
  readonly ms: number;
  /** The part of it in which numbers were unknown and the state was held. */
  readonly heldMs: number;
}

/**
 * The time in each policy state, in the order in which they first came.
 * @example timeInStates(spans) // [{ state: "Healthy", blocks: false, ms: 86_400_000, heldMs: 0 }]
 */
export function timeInStates(spans: readonly PolicySpan[]): StateTime[] {
  const times = new Map<string, StateTime>();
  for (const { policyState: state, blocks, held, from, to } of spans) {
    const key = `${blocks} ${state}`;
    const known = times.get(key) ?? { state, blocks, ms: 0, heldMs: 0 };
    const ms = to - from;
    times.set(key, { ...known, ms: known.ms + ms, heldMs: known.heldMs + (held ? ms : 0) });
  }
  return [...times.values()];
}

/**
 * Those of some events (epoch ms) that came while the policy blocked.
 * @example blockedOf(spans, [{ at: frozenSince + 1 }]).length // 1
 */
export function blockedOf<E extends { readonly at: number }>(
  spans: readonly PolicySpan[],
  events: readonly E[],
): E[] {
  const blocking = spans.filter(({ blocks }) => blocks);
  return events.filter(({ at }) => blocking.some(({ from, to }) => at >= from && at < to));
}
