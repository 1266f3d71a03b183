import { liftsBelow } from "#lib/policy/policy.ts";
import type { WindowCounts } from "#lib/slo/alerts.ts";
import { type Budget, badOf } from "#lib/slo/budget.ts";
import { reaches } from "#lib/slo/compare.ts";
import {
  type Forecast,
  type ForecastInput,
  forecast,
  NO_FORECAST,
  rowsMatter,
} from "#lib/slo/forecast.ts";
import { type Pace, paceOf } from "#lib/slo/pace.ts";
import { periodOf } from "#lib/slo/period.ts";
import type { BurnWindow } from "#lib/slo/tiers.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { latestIndex } from "#lib/slo/windows.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** Where one SLO's budget is heading. Epoch ms. */
export interface Outlook extends Forecast {
  readonly exhaustedSince: number | null;
  /** The label of the window by whose pace `exhaustsAt` is told; null when the pace is not known. */
  readonly paceOver: string | null;
  /** The answers depend on rows that were not given. */
  readonly wantsRows: boolean;
}

export interface OutlookInput {
  readonly definition: Pick<SloDefinition, "window" | "policy">;
  readonly at: number;
  readonly budget: Budget;
  readonly counts: WindowCounts;
  /** The long window of the worst tier that fires; its pace counts where it is the faster. */
  readonly alerting?: BurnWindow | null;
  readonly policy: { readonly policyState: string; readonly blocks: boolean };
  /** From the previous evaluation. */
  readonly exhaustedSince: number | null;
  readonly rows?: readonly TotalsRow[];
}

/**
 * Exhaustion, recovery and the end of the block of an SLO whose numbers are known. Without rows only
 * what does not depend on them is answered, and `wantsRows` says whether anything was left out.
 * @example outlook(input).exhaustsAt // null: not within one window at this pace
 */
export function outlook(input: OutlookInput): Outlook {
  const pace = paceOf(input.counts, input.alerting ?? null);
  const from = forecastInput(input, pace);
  const paceOver = pace?.over.label ?? null;
  if (!from) return { ...NO_FORECAST, exhaustedSince: null, paceOver, wantsRows: false };
  const { rows } = input;
  return {
    ...(rows || from.resetsAt !== undefined ? forecast(from, rows ?? []) : NO_FORECAST),
    exhaustedSince: sinceWhen(input, from),
    paceOver,
    wantsRows: !rows && (rowsMatter(from) || isNewlySpent(input, from)),
  };
}

function forecastInput(input: OutlookInput, pace: Pace | null): ForecastInput | null {
  const { definition, at, budget, policy } = input;
  if (budget.budgetTotal === null) return null;
  const { from, to } = periodOf(definition.window, at);
  return {
    at,
    windowMs: at - from,
    ...(definition.window.kind === "calendar" ? { resetsAt: to } : {}),
    bad: budget.bad,
    budgetTotal: budget.budgetTotal,
    pace: pace?.perMs ?? null,
    liftsBelow: policy.blocks ? liftsBelow(definition.policy, policy.policyState) : null,
  };
}

/** In a calendar period rows say only since when; later that is remembered. */
function isNewlySpent({ exhaustedSince }: OutlookInput, from: ForecastInput): boolean {
  return exhaustedSince === null && reaches(from.bad / from.budgetTotal, 1);
}

function sinceWhen(input: OutlookInput, from: ForecastInput): number | null {
  if (!reaches(from.bad / from.budgetTotal, 1)) return null;
  return input.exhaustedSince ?? firstExhausted(from, input.rows ?? []) ?? input.at;
}

/**
 * The beginning of the present exhaustion, as far as the rows reach: from the first row on, the last
 * time after which the window always held more bad events than the budget.
 */
function firstExhausted(from: ForecastInput, rows: readonly TotalsRow[]): number | null {
  let since: number | null = null;
  let start = 0;
  for (let i = 0; i <= latestIndex(rows, from.at); i++) {
    const row = rows[i];
    if (!row) break;
    while ((rows[start + 1]?.at ?? row.at) <= row.at - from.windowMs) start++;
    const base = rows[start] ?? row;
    const bad = badOf({ good: row.good - base.good, total: row.total - base.total });
    since = reaches(bad / from.budgetTotal, 1) ? (since ?? row.at) : null;
  }
  return since;
}
