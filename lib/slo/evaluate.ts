import {
  type PolicyReading,
  type PolicyTransition,
  policyState,
  transition,
} from "#lib/policy/policy.ts";
import {
  burnsOf,
  type FiringTier,
  firingTiers,
  readTiers,
  type WindowCounts,
} from "#lib/slo/alerts.ts";
import { type Budget, budgetFor, LATELY } from "#lib/slo/budget.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { NO_FORECAST } from "#lib/slo/forecast.ts";
import { type Outlook, outlook } from "#lib/slo/outlook.ts";
import { alertingWindow } from "#lib/slo/pace.ts";
import { elapsedMs } from "#lib/slo/period.ts";
import type { RecordedState } from "#lib/slo/recorded.ts";
import { stateOf, unknownReason } from "#lib/slo/state.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import { type BurnWindow, burnWindowsOf, tiersOf } from "#lib/slo/tiers.ts";
import type { Counts, TotalsRow } from "#lib/slo/totals.ts";
import { isIdle, noTrafficSince } from "#lib/slo/traffic.ts";
import { detailOf, type Findings, recordOf, statusOf } from "#lib/slo/view.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

const NOTHING: Counts = { good: 0, total: 0, covered: 0 };

/** All that one evaluation needs. Times in epoch ms. */
export interface EvaluationInput {
  readonly definition: SloDefinition;
  /** Exclusive end of every window: `floorMinute(now - 60 s)`, or the time asked for. */
  readonly at: number;
  /** By window label: those of `windowsOf(definition)`. Null = finer than what is stored. */
  readonly counts: WindowCounts;
  /** Start of the first covered minute and exclusive end of the newest; null = none yet. */
  readonly firstCoveredAt: number | null;
  readonly lastCoveredAt: number | null;
  /** Times that do not count, merged; `counts`, `lastWeek` and `rows` are without them already. */
  readonly excluded?: readonly ExcludedSpan[];
  readonly previous: RecordedState | null;
  /** A label set that is there no more, of a grouped SLO that is: what fired for it is over, not held. */
  readonly isGone?: boolean;
  /** The first backfill has ended. Before, nothing alerts, blocks or changes policy state. */
  readonly backfilled: boolean;
  /** What moved the numbers since the previous evaluation, beside the passing of time. */
  readonly revaluedBy?: "definition" | "correction" | null;
  /** Counts of the 30 minutes that ended a week before `at`; only asked when `needsLastWeek`. */
  readonly lastWeek?: Counts | null;
  /** Rows of the SLO's window, ascending, possibly thinned; only asked when `needsForecastRows`. */
  readonly rows?: readonly TotalsRow[];
  /** Remaining budget over the last window, oldest first. */
  readonly spark?: readonly (number | null)[];
  /** How links to us begin: "https://plimsoll.example". */
  readonly linkPrefix: string;
}

export interface Evaluation {
  readonly status: SloStatus;
  readonly detail: SloDetail;
  /** What the next evaluation must be given as `previous`. */
  readonly next: RecordedState;
  /** The change of policy state to record and announce. */
  readonly transition: PolicyTransition | null;
  /** Tiers that alert now, worst first; none before the first backfill has ended. */
  readonly firing: readonly FiringTier[];
  /** Forecasts are left out because `rows` were not given. */
  readonly wantsRows: boolean;
}

/**
 * The windows to read for an SLO at `at` (epoch ms): its own, as far as it has passed, and those of
 * its tiers, each once by label; for a calendar window also the last 28 d.
 * @example windowsOf(definition, at).map((w) => w.label) // ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"]
 */
export function windowsOf(
  definition: Pick<SloDefinition, "window" | "objective" | "alerting" | "budgeting">,
  at: number,
): readonly BurnWindow[] {
  const { window } = definition;
  const { label } = window;
  const tiers = burnWindowsOf(definition).filter((w) => w.label !== label);
  const own = { label, ms: elapsedMs(window, at) };
  return window.kind === "rolling" ? [...tiers, own] : [...tiers, LATELY, own];
}

/**
 * Whether to read last week's 30 minutes before evaluating: only for an SLO that has just gone idle.
 * @example needsLastWeek(input) // false
 */
export function needsLastWeek(input: EvaluationInput): boolean {
  const since = input.previous?.noTrafficSince ?? null;
  return since === null && input.lastWeek === undefined && isIdle({ ...input, since });
}

/**
 * Whether to evaluate again with `rows`: only where a forecast depends on when old errors roll off.
 * @example needsForecastRows(evaluate(input)) // false for most SLOs
 */
export function needsForecastRows(evaluation: Evaluation): boolean {
  return evaluation.wantsRows;
}

/**
 * Everything that is said of one SLO at one time, from the counts of its windows and the state that
 * was recorded before. Pure and cheap: call it for every SLO, then again with `rows` for the few
 * that need them; the same input gives the same answer.
 * @example evaluate({ definition, at, counts, previous: null, backfilled: true, … }).status.state // "healthy"
 */
export function evaluate(input: EvaluationInput): Evaluation {
  const found = findingsOf(input);
  return {
    status: statusOf(input, found),
    detail: detailOf(input, found),
    next: recordOf(input, found),
    transition: transition(input.previous, found.policy, input.revaluedBy),
    firing: found.firing,
    wantsRows: found.outlook.wantsRows,
  };
}

type Measured = Pick<Findings, "budget" | "burns" | "tiers" | "noTrafficSince">;

function findingsOf(input: EvaluationInput): Findings {
  const { definition } = input;
  const measured = measure(input);
  const unknown = whyUnknown(input, measured.budget);
  const policy = policyOf(input, measured.budget, unknown === null);
  const ahead = outlookOf(input, { ...measured, policy }, unknown === null);
  const { exhaustsAt, paceOver } = ahead;
  const known = { ...measured, ...definition, at: input.at, exhaustsAt, paceOver };
  return {
    ...measured,
    policy,
    outlook: ahead,
    reading: unknown === null ? stateOf(known) : { state: "unknown", reason: unknown },
    firing: input.backfilled ? firingTiers(measured.tiers, definition.alerting) : [],
  };
}

function measure(input: EvaluationInput): Measured {
  const { definition, at, counts, previous } = input;
  const tiers = tiersOf(definition);
  const burns = burnsOf(burnWindowsOf(definition), counts, definition.objective);
  const firing = input.isGone ? {} : (previous?.firing ?? {});
  return {
    budget: budgetFor({
      ...input,
      counts: counts[definition.window.label] ?? NOTHING,
      lately: definition.window.kind === "calendar" ? (counts[LATELY.label] ?? null) : null,
    }),
    burns,
    tiers: readTiers({ definition, tiers, burns, counts, firing, at }),
    noTrafficSince: noTrafficSince({ ...input, since: previous?.noTrafficSince ?? null }),
  };
}

function whyUnknown(input: EvaluationInput, budget: Budget): string | null {
  const { window } = input.definition;
  const readable = Boolean(input.counts[window.label]);
  return unknownReason({ ...input, window, budget, readable });
}

/** Held while unknown, and until the first backfill has ended. */
function policyOf(input: EvaluationInput, budget: Budget, known: boolean): PolicyReading {
  const { policy, enforced } = input.definition;
  return policyState({
    policy,
    consumed: known && input.backfilled ? budget.consumed : null,
    previous: input.previous,
    advisory: !enforced || (budget.budgetTotal ?? 1) < 1,
  });
}

function outlookOf(
  input: EvaluationInput,
  now: Pick<Findings, "budget" | "tiers" | "policy">,
  known: boolean,
): Outlook {
  const exhaustedSince = input.previous?.exhaustedSince ?? null;
  if (!known) return { ...NO_FORECAST, exhaustedSince, paceOver: null, wantsRows: false };
  const alerting = alertingWindow(input.definition, now.tiers);
  return outlook({ ...input, ...now, alerting, exhaustedSince });
}
