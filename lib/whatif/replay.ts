import { HEALTHY } from "#lib/policy/policy.ts";
import { type Evaluation, evaluate, windowsOf } from "#lib/slo/evaluate.ts";
import { periodOf } from "#lib/slo/period.ts";
import { evaluateRange, type FiringInterval } from "#lib/slo/range.ts";
import type { RecordedState } from "#lib/slo/recorded.ts";
import { gridAt } from "#lib/slo/resolution.ts";
import { type BudgetPoint, remainingSeries } from "#lib/slo/series.ts";
import { countsOf, latestIndex } from "#lib/slo/windows.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";
import type { History } from "#lib/whatif/history.ts";
import { type PolicySpan, policySpans } from "#lib/whatif/policySpans.ts";

/** What an SLO would have said over its history, had a definition been in force all the time. */
export interface Replay {
  readonly definition: SloDefinition;
  /** The numbers at the end of the history. */
  readonly now: Pick<Evaluation, "status" | "detail">;
  /** The burndown, ascending; at most a quarter of an hour between two points where history is that fine. */
  readonly points: readonly BudgetPoint[];
  /** Alerts by tier, ascending by start. */
  readonly firings: readonly FiringInterval[];
  readonly spans: readonly PolicySpan[];
}

/**
 * Goes through a history again with a definition: numbers, alerts and policy states by the same
 * calculations that evaluations use, so that the present definition gives the present numbers. With
 * what the newest evaluation recorded (of that same definition) also the present state.
 * @example replay({ ...present, objective: 0.999 }, history).now.status.remaining // -1.59
 */
export function replay(
  definition: SloDefinition,
  history: History,
  recorded: RecordedState | null = null,
): Replay {
  const { rows, excluded, firstCoveredAt, from, to, now } = history;
  const points = remainingSeries(definition, rows, firstCoveredAt, {
    from,
    to,
    grid: budgetGrid(to, now),
    excluded,
  });
  const firings = evaluateRange(definition, rows, from, to, gridAt(now));
  const spans = policySpans(definition, points, history.before);
  const previous =
    recorded ?? previousOf(history, { firings, policy: spans.at(-1) ?? history.before });
  return { definition, now: numbersAt(definition, history, previous), points, firings, spans };
}

/** Budgets of a day and more move slowly: states are told to a quarter of an hour. */
const FINE_ENOUGH_MS = 15 * MINUTE;

/** The last step is cut to the minute, so that the newest point is that of the numbers. */
function budgetGrid(to: number, now: number): (at: number) => number {
  const kept = gridAt(now);
  return (at) => {
    const step = Math.max(kept(at), FINE_ENOUGH_MS);
    return Math.floor(at / step) * step + step > to ? MINUTE : step;
  };
}

interface Before {
  readonly firings: readonly FiringInterval[];
  readonly policy: { readonly policyState: string; readonly blocks: boolean } | null;
}

function numbersAt(
  definition: SloDefinition,
  history: History,
  previous: RecordedState,
): Replay["now"] {
  const { rows, excluded, firstCoveredAt, lastCoveredAt, to } = history;
  const { status, detail } = evaluate({
    definition,
    at: to,
    counts: Object.fromEntries(
      windowsOf(definition, to).map(({ label, ms }) => [label, countsOf(rows, to, ms)]),
    ),
    firstCoveredAt,
    lastCoveredAt,
    excluded,
    previous,
    backfilled: true,
    rows: rows.slice(Math.max(0, latestIndex(rows, periodOf(definition.window, to).from))),
    linkPrefix: "",
  });
  return { status, detail };
}

function previousOf(history: History, { firings, policy }: Before): RecordedState {
  const open = firings.filter(({ endedAt }) => endedAt === null);
  return {
    at: history.to,
    state: "unknown",
    policyState: policy?.policyState ?? HEALTHY,
    held: false,
    blocks: policy?.blocks ?? false,
    firing: Object.fromEntries(open.map(({ tier, startedAt }) => [tier, startedAt])),
    exhaustedSince: null,
    noTrafficSince: history.noTrafficSince,
  };
}
