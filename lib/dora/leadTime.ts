import { deploymentAbsence, syncFlags } from "#lib/dora/absence.ts";
import type { Arrival } from "#lib/dora/arrivals.ts";
import { type Absence, FEW, flagIf, type Metric, type StageSummary } from "#lib/dora/metric.ts";
import { quantile, quantileOf } from "#lib/dora/quantile.ts";
import type { Selection } from "#lib/dora/selection.ts";
import { sourceOf } from "#lib/dora/source.ts";
import { STAGES } from "#lib/dora/stages.ts";

const CHANGE_REASONS = new Set([
  "first-deployment",
  "long-gap",
  "incomplete-walk",
  "commits-unknown",
  "commits-not-told",
  "change-unknown",
  "bot",
  "clock-skew",
]);

/**
 * Lead time for changes (ms): from the first commit to the deployment with which a change first
 * reached production; the median, p75 and p90 of the changes that the range's deployments brought.
 * @example leadTime(selection).value // 86_400_000
 */
export function leadTime(selection: Selection): Metric {
  const { arrivals, verdicts, scope, pooled, excluded } = selection;
  const n = arrivals.length;
  const ascending = arrivals
    .map(({ leadTimeMs: value }) => ({ value, open: false }))
    .sort((a, b) => a.value - b.value);
  const at = (q: number) => quantileOf(ascending, q)?.value ?? null;
  const reason = n > 0 ? null : absence(selection);
  return {
    value: at(0.5),
    ...(reason ? { reason } : {}),
    flags: [
      ...flagIf(n > 0 && n < FEW, "too-few"),
      ...flagIf(n === 0 && reason === null, "no-changes"),
      ...flagIf(pooled, "pooled"),
      ...syncFlags(scope, ["deployments", "changes"]),
    ],
    n,
    unit: "ms",
    ...(n > 0 ? { p75: at(0.75) ?? 0, p90: at(0.9) ?? 0, stages: summaries(arrivals) } : {}),
    excluded: excluded.filter((exclusion) => CHANGE_REASONS.has(exclusion.reason)),
    source: sourceOf(
      verdicts.map(({ deployment }) => deployment),
      arrivals.map(({ confidence }) => confidence),
    ),
    rows: arrivals.map(({ change }) => change.id),
  };
}

/** Without a single lead time: why. Null when there were changes, and none of them counts. */
function absence(selection: Selection): Absence | null {
  const { verdicts, excluded, scope } = selection;
  const none = deploymentAbsence(selection);
  if (none) return none;
  const count = (reason: string) => excluded.filter((e) => e.reason === reason).length;
  const first = count("first-deployment");
  const untold = count("commits-not-told");
  if (untold > 0 && first + untold === verdicts.length) return "commits-not-told";
  const { changes } = scope.synced;
  if (changes === null || changes >= scope.to) return "not-synced";
  if (first === verdicts.length) return "first-deployment";
  const unread = count("commits-unknown");
  return unread > 0 && first + untold + unread === verdicts.length ? "not-synced" : null;
}

function summaries(arrivals: readonly Arrival[]): StageSummary[] {
  return STAGES.map((stage) => {
    const had = arrivals.flatMap(({ stages }) => stages[stage] ?? []);
    const sum = had.reduce((total, ms) => total + ms, 0);
    return {
      stage,
      medianMs: quantile(had, 0.5),
      meanMs: sum / arrivals.length,
      n: had.length,
    };
  });
}
