import { type Recorded, SERIES } from "#lib/rules/series.ts";
import type { SliDefinition } from "#lib/spec/model.ts";

/**
 * PromQL for the running totals of events, bad events and covered minutes. They go on through pauses
 * of up to 8 h; what was not counted adds nothing, so that any window is the difference of two samples.
 * @example totalExpressions(sli, recorded)[1] // ["slo:events_total:sum", "…"]
 */
export function totalExpressions(
  sli: Pick<SliDefinition, "kind">,
  recorded: Recorded,
): (readonly [record: string, expr: string])[] {
  const all = recorded.fresh(SERIES.events);
  const grown = (total: string, by: string) =>
    [total, `${recorded.before(total, "vector(0)")} + (${by} or vector(0))`] as const;
  return [
    [SERIES.since, recorded.before(SERIES.since, "vector(time())")],
    grown(SERIES.eventsTotal, all),
    grown(SERIES.badTotal, `${recorded.fresh(SERIES.bad)} >= 0`),
    grown(SERIES.coveredTotal, sli.kind === "events" ? bridged(recorded) : `${all} * 0 + 1`),
    [SERIES.covered, `vector(time()) and ${all}`],
  ];
}

/** Growth after a gap of at most 30 min is found again, so that the minutes of the gap are covered too. */
function bridged(recorded: Recorded): string {
  const all = recorded.fresh(SERIES.events);
  const before = recorded.last(SERIES.covered, "31m");
  return `(time() - ${before}) / 60 and ${all} or ${all} * 0 + 1`;
}
