import { deploymentAbsence, syncFlags } from "#lib/dora/absence.ts";
import {
  calendarMonths,
  dayStarts,
  elapsedDays,
  isoWeeks,
  type Period,
} from "#lib/dora/calendar.ts";
import { flagIf, type Metric } from "#lib/dora/metric.ts";
import { quantile } from "#lib/dora/quantile.ts";
import { elapsed, type Selection } from "#lib/dora/selection.ts";
import { firstAfter } from "#lib/dora/sequence.ts";
import { sourceOf } from "#lib/dora/source.ts";

/** A week of deployments. */
export interface DeployWeek extends Period {
  readonly deployments: number;
  /** Local days with at least one. */
  readonly deployDays: number;
}

/** How often it usually happens; null when the range holds no complete week or month to tell by. */
export type Cadence = "daily" | "weekly" | "monthly" | "less";

export interface Rhythm {
  readonly weeks: readonly DeployWeek[];
  /** Of the complete weeks; null when there is none. */
  readonly medianDeployDaysPerWeek: number | null;
  readonly cadence: Cadence | null;
}

const DEPLOYMENT_REASONS = new Set([
  "never-succeeded",
  "unfinished",
  "other-source",
  "same-deployment",
  "redeploy",
]);

/**
 * Deployment frequency: how many deployments, and how many per day and week of the time that has been.
 * None at all is 0 when all was read, never null.
 * @example deploymentFrequency(selection).perDay // 0.9666666666666667
 */
export function deploymentFrequency(selection: Selection): Metric {
  const { scope, verdicts, excluded, pooled } = selection;
  const days = elapsedDays(elapsed(scope), scope.zone);
  const deployments = verdicts.map(({ deployment }) => deployment);
  const n = deployments.length;
  const absence = deploymentAbsence(selection);
  const missing = absence === "not-synced";
  const perDay = missing || days === 0 ? undefined : n / days;
  return {
    value: missing ? null : n,
    ...(missing ? { reason: absence } : {}),
    flags: [...flagIf(pooled, "pooled"), ...syncFlags(scope, ["deployments"])],
    n,
    unit: "deployments",
    ...(perDay === undefined ? {} : { perDay, perWeek: perDay * 7 }),
    excluded: excluded.filter(({ reason }) => DEPLOYMENT_REASONS.has(reason)),
    source: sourceOf(deployments),
    rows: deployments.map(({ id }) => id),
  };
}

/**
 * The weeks of a range, and how often deployments usually come: at the median complete week on 3 days
 * or more (daily), at least once (weekly), or at the median complete month once (monthly).
 * @example rhythmOf(selection).cadence // "weekly"
 */
export function rhythmOf({ scope, verdicts }: Selection): Rhythm {
  const range = elapsed(scope);
  const times = verdicts.map(({ deployment }) => deployment);
  const starts = dayStarts(range, scope.zone);
  const weeks = isoWeeks(range, scope.zone).map((week) => ({
    ...week,
    deployments: countIn(times, week),
    deployDays: starts.filter(
      (from, i) =>
        from >= week.from && from < week.to && countIn(times, { from, to: starts[i + 1] ?? from }),
    ).length,
  }));
  const months = calendarMonths(range, scope.zone).map((month) => ({
    ...month,
    deployments: countIn(times, month),
  }));
  return {
    weeks,
    medianDeployDaysPerWeek: median(weeks, ({ deployDays }) => deployDays),
    cadence: cadenceOf(weeks, months),
  };
}

type Times = readonly { readonly finishedAt: number }[];

function countIn(times: Times, { from, to }: { from: number; to: number }): number {
  return Math.max(0, firstAfter(times, to - 1) - firstAfter(times, from - 1));
}

function median<T extends Period>(periods: readonly T[], of: (period: T) => number): number | null {
  return quantile(periods.filter(({ complete }) => complete).map(of), 0.5);
}

function cadenceOf(
  weeks: readonly DeployWeek[],
  months: readonly (Period & { readonly deployments: number })[],
): Cadence | null {
  const has = ({ deployments }: { readonly deployments: number }) => Math.min(deployments, 1);
  const days = median(weeks, ({ deployDays }) => deployDays);
  if (days !== null && days >= 3) return "daily";
  if (median(weeks, has) === 1) return "weekly";
  const monthly = median(months, has);
  if (monthly === null) return null;
  return monthly === 1 ? "monthly" : "less";
}
