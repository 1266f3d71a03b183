import type { HappeningMark } from "#lib/charts/happenings.ts";
import type { Severity } from "#lib/slo/status.ts";

/** What the charts of one SLO draw: JSON-safe, times in epoch ms, ratios. All charts share the bins. */
export interface ChartView {
  readonly from: number;
  readonly to: number;
  /** Length of a bin. */
  readonly stepMs: number;
  /** Exclusive end of the newest minute that these numbers include. */
  readonly end: number;
  readonly objective: number;
  readonly unit: "events" | "minutes";
  /** What the whole window may spend, in `unit`; null = not known. */
  readonly budgetTotal: number | null;
  readonly windowMs: number;
  /** Thresholds of the policy, share of budget consumed, ascending. */
  readonly thresholds: readonly PolicyLine[];
  readonly tiers: readonly TierLine[];
  /** Labels of the burn windows, in the order of `Bin.burn`. */
  readonly burnWindows: readonly string[];
  readonly bins: readonly Bin[];
  readonly gaps: readonly Gap[];
  /** Before this nothing was measured; null when that is not in the range. */
  readonly historyFrom: number | null;
  readonly projection: readonly Projected[];
  readonly alerts: readonly AlertSpan[];
  /** Of rules outside. */
  readonly outside: readonly OutsideSpan[];
  readonly versions: readonly VersionMark[];
  /** Maintenance and experiments, oldest first. */
  readonly apart: readonly ApartSpan[];
  /** Deployments and incidents. */
  readonly marks: readonly HappeningMark[];
}

/** Everything between two points of the shared time axis. */
export interface Bin {
  readonly from: number;
  /** Exclusive end. */
  readonly at: number;
  readonly good: number;
  readonly total: number;
  readonly covered: number;
  /** Remaining budget at the newest known point in the bin, and the lowest and highest in it. */
  readonly remaining: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The SLI of the bin, and of the worst single step inside it. */
  readonly sli: number | null;
  readonly worst: number | null;
  /** Highest burn rate in the bin, by window. */
  readonly burn: readonly (number | null)[];
}

export interface PolicyLine {
  readonly at: number;
  readonly name: string;
  readonly gate: "allow" | "block";
}

export interface TierLine {
  readonly tier: string;
  readonly severity: Severity;
  readonly long: string;
  readonly short: string;
  readonly factor: number;
  readonly reachable: boolean;
}

/** `[from, to)` without an answer from the source. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** The remaining budget to come: if nothing fails, and at the present pace. */
export interface Projected {
  readonly at: number;
  readonly clean: number;
  readonly pace: number | null;
}

export interface AlertSpan {
  readonly tier: string;
  readonly severity: Severity;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Share of the budget spent while it fired; null = not known. */
  readonly spent: number | null;
}

/** A firing of somebody else's rule. */
export interface OutsideSpan {
  readonly id: number;
  readonly name: string;
  /** Null where its labels do not say. */
  readonly tier: string | null;
  readonly severity: string | null;
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/** A time that is counted apart. */
export interface ApartSpan {
  readonly id: number;
  readonly kind: "maintenance" | "experiment";
  readonly title: string;
  readonly from: number;
  /** Null while it runs. */
  readonly to: number | null;
  /** Its events are left out of the budget. */
  readonly excluded: boolean;
}

export interface VersionMark {
  readonly version: number;
  readonly at: number;
  /** What changed, in words: "objective 99.5 % → 99.9 %". */
  readonly change: string;
}
