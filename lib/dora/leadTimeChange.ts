import type { Metric, StageSummary } from "#lib/dora/metric.ts";
import type { Stage } from "#lib/dora/stages.ts";

/** How much one stage adds to the change of the mean lead time. */
export interface StageChange {
  readonly stage: Stage;
  /** Of the mean over all changes, ms; negative when it became shorter. */
  readonly byMs: number;
}

/** Why lead time is what it is, beside the period before. */
export interface LeadTimeChange {
  /** Of the mean, ms. The stages sum to it. */
  readonly byMs: number;
  /** In the order in which they matter: those that pulled the same way as the whole first. */
  readonly stages: readonly StageChange[];
}

/**
 * Which stages made the mean lead time longer or shorter than before. Means are compared, since those
 * of the stages sum to that of the whole; null when either period has no lead times.
 * @example leadTimeChange(report.metrics.leadTime, before.metrics.leadTime)?.stages[0]?.stage
 */
export function leadTimeChange(
  now: Pick<Metric, "stages">,
  before: Pick<Metric, "stages">,
): LeadTimeChange | null {
  if (!now.stages || !before.stages) return null;
  const earlier = new Map(before.stages.map(({ stage, meanMs }) => [stage, meanMs]));
  const stages = now.stages.map(({ stage, meanMs }) => ({
    stage,
    byMs: meanMs - (earlier.get(stage) ?? 0),
  }));
  const byMs = meanOf(now.stages) - meanOf(before.stages);
  const way = byMs < 0 ? -1 : 1;
  return { byMs, stages: stages.sort((a, b) => way * (b.byMs - a.byMs)) };
}

/**
 * The mean lead time in ms: that of its stages, summed.
 * @example meanOf(metric.stages) // 97_200_000
 */
export function meanOf(stages: readonly Pick<StageSummary, "meanMs">[]): number {
  return stages.reduce((sum, { meanMs }) => sum + meanMs, 0);
}
