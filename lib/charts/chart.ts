import { apartIn } from "#lib/charts/apart.ts";
import { binsOf, type FineSeries } from "#lib/charts/bins.ts";
import { gapsOf } from "#lib/charts/gaps.ts";
import { type Happening, happeningMarks } from "#lib/charts/happenings.ts";
import { aheadOf, project } from "#lib/charts/projection.ts";
import { binStep } from "#lib/charts/range.ts";
import type {
  AlertSpan,
  ApartSpan,
  ChartView,
  OutsideSpan,
  Projected,
  VersionMark,
} from "#lib/charts/view.ts";
import { unitOf } from "#lib/slo/budget.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { elapsedMs, periodOf } from "#lib/slo/period.ts";
import { gridAt, keptStep } from "#lib/slo/resolution.ts";
import { burnSeries, remainingSeries } from "#lib/slo/series.ts";
import { burnWindowsOf, type Tier, tiersOf } from "#lib/slo/tiers.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** All that the charts of one SLO are made of. Times in epoch ms. */
export interface ChartInput {
  readonly definition: SloDefinition;
  /** Ascending, back to `from` minus the SLO's window where there is history. */
  readonly rows: readonly TotalsRow[];
  /** Times that do not count, merged; the rows are without them already. Absent = none. */
  readonly excluded?: readonly ExcludedSpan[];
  readonly firstCoveredAt: number | null;
  readonly from: number;
  readonly to: number;
  /** The present of these numbers: the end of their newest window. */
  readonly end: number;
  readonly now: number;
  readonly outlook: ChartOutlook;
  readonly alerts: readonly AlertSpan[];
  /** Of rules outside; absent = none. */
  readonly outside?: readonly OutsideSpan[];
  readonly versions: readonly VersionMark[];
  /** Maintenance and experiments; absent = none. */
  readonly apart?: readonly ApartSpan[];
  /** Deployments and incidents of the SLO's service. */
  readonly happenings?: readonly Happening[];
  /** At most so many bins; one more where the range begins or ends between two steps. */
  readonly mostBins?: number;
}

/** What the evaluation said of the budget and its future. */
export interface ChartOutlook {
  readonly budgetTotal: number | null;
  /** Bad events per ms over the last six hours; null = not known. */
  readonly pace: number | null;
  /** When the budget runs out, recovers or a block lifts; null = does not. */
  readonly turns: readonly (number | null)[];
  /** False: the state is Unknown, so nothing is said of the future. */
  readonly known: boolean;
}

const MOST_BINS = 480;

/**
 * Everything that the charts of one SLO show over a range.
 * @example chartOf(input).bins.at(-1)?.remaining // -0.262
 */
export function chartOf(input: ChartInput): ChartView {
  const { definition, from, to, firstCoveredAt } = input;
  const tiers = tiersOf(definition);
  const stepMs = Math.max(
    binStep(to - from, input.mostBins ?? MOST_BINS),
    keptStep(input.now - from) ?? HOUR,
  );
  const burns = burnWindowsOf(definition);
  const projection = projectionOf(input);
  return {
    from,
    to,
    stepMs,
    end: input.end,
    objective: definition.objective,
    unit: unitOf(definition),
    budgetTotal: input.outlook.budgetTotal,
    windowMs: elapsedMs(definition.window, input.end),
    thresholds: definition.policy.map(({ threshold, name, gate }) => ({
      at: threshold,
      name,
      gate,
    })),
    tiers: tiers.map(lineOf),
    burnWindows: burns.map((w) => w.label),
    bins: binsOf(
      fineSeries(
        input,
        burns.map((w) => w.ms),
      ),
      { from, to, stepMs },
    ),
    gaps: gapsOf(input.rows, { from: Math.max(from, firstCoveredAt ?? from), to }),
    historyFrom: firstCoveredAt !== null && firstCoveredAt > from ? firstCoveredAt : null,
    projection,
    alerts: input.alerts,
    outside: (input.outside ?? []).map(outsideSpan),
    versions: input.versions,
    apart: apartIn(input.apart ?? [], { from, to: projection.at(-1)?.at ?? to }),
    marks: happeningMarks(input.happenings ?? [], { from, to, stepMs }),
  };
}

function lineOf({ tier, severity, long, short, factor, reachable }: Tier) {
  return { tier, severity, long, short, factor, reachable };
}

/** What else is known of it stays out of what is sent to the browser twice. */
function outsideSpan({ id, name, tier, severity, startsAt, endsAt }: OutsideSpan): OutsideSpan {
  return { id, name, tier, severity, startsAt, endsAt };
}

/** Finer than a bin, so that nothing short is lost, and no finer than what is stored. */
function fineSeries(input: ChartInput, windowsMs: readonly number[]): FineSeries {
  const { definition, rows, firstCoveredAt, from, to } = input;
  const span = { from, to, grid: gridFor(input, MINUTE), excluded: input.excluded ?? [] };
  return {
    points: remainingSeries(definition, rows, firstCoveredAt, span),
    burns: windowsMs.map((ms) =>
      burnSeries(definition.objective, rows, ms, { from, to, grid: gridFor(input, ms / 12) }),
    ),
  };
}

const LONG_MS = 4 * DAY;

/**
 * Over many days five minutes are fine enough, and a twelfth of a burn window, at most an hour. The
 * last step is cut to the minute, so that the newest point is that of the numbers beside the chart.
 */
function gridFor({ from, to, now }: ChartInput, enoughMs: number): (at: number) => number {
  const kept = gridAt(now);
  const least =
    to - from > LONG_MS ? binStep(Math.min(HOUR, Math.max(5 * MINUTE, enoughMs)), 1) : MINUTE;
  return (at) => {
    const step = Math.max(kept(at), least);
    return Math.floor(at / step) * step + step > to ? MINUTE : step;
  };
}

/** Only where the range ends in the present is there a future to draw. */
function projectionOf({ definition, rows, from, to, end, outlook }: ChartInput): Projected[] {
  if (to < end || !outlook.known || outlook.budgetTotal === null) return [];
  const { budgetTotal, pace, turns } = outlook;
  const ahead = aheadOf(to - from, to, turns);
  const period = periodOf(definition.window, end);
  const resets = definition.window.kind === "calendar" ? { resetsAt: period.to } : {};
  const present = { at: end, windowMs: end - period.from, budgetTotal, pace, ...resets };
  return project(present, rows, ahead);
}
