import { type Recorded, ratioSeries, SERIES } from "#lib/rules/series.ts";
import { numberText } from "#lib/rules/text.ts";
import { slackMinutes } from "#lib/slo/burn.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Running totals leave crumbs: fewer events than this are none. */
const LEAST_EVENTS = "1e-6";

/**
 * PromQL for the share of bad events over a window (ms): 0 without traffic, absent while more than
 * max(2 minutes, 10 %) of the window are not known.
 * @example windowExpression(HOUR, recorded) // ["slo:error:ratio_increase1h", "…"]
 */
export function windowExpression(
  windowMs: number,
  recorded: Recorded,
): readonly [record: string, expr: string] {
  const bad = recorded.growth(SERIES.badTotal, windowMs);
  const all = recorded.growth(SERIES.eventsTotal, windowMs);
  const known = recorded.growth(SERIES.coveredTotal, windowMs);
  const share = `clamp(${bad} / clamp_min(${all}, ${LEAST_EVENTS}), 0, 1)`;
  return [ratioSeries(windowMs), `${share} and ${known} > ${leastCovered(windowMs)}`];
}

/** Half a minute less than must be covered, as bridged minutes add up to fractions. */
function leastCovered(windowMs: number): string {
  return numberText(windowMs / MINUTE - slackMinutes(windowMs) - 0.5);
}

/**
 * PromQL for the remaining error budget over a rolling window, signed, as Plimsoll reckons it from
 * when recording began; absent while more than a tenth of that time, and 2 minutes, are not known. Null for calendar
 * windows, whose beginning PromQL cannot tell.
 * @example remainingExpression(definition, recorded) // "1 - … / 0.001 …"
 */
export function remainingExpression(
  { window, sli, objective }: Pick<SloDefinition, "window" | "sli" | "objective">,
  recorded: Recorded,
): string | null {
  if (window.kind !== "rolling") return null;
  const minutes = window.ms / MINUTE;
  const since = `(time() - ${recorded.now(SERIES.since)}) / 60 + 1`;
  const known = `clamp_max(${since}, ${minutes})`;
  const bad = recorded.growth(SERIES.badTotal, window.ms);
  const all = recorded.growth(SERIES.eventsTotal, window.ms);
  const events = `${bad} / clamp_min(${all}, ${LEAST_EVENTS}) * (${known})`;
  const lost = sli.kind === "events" ? events : bad;
  const covered = `${recorded.growth(SERIES.coveredTotal, window.ms)} >= 0.9 * ${known} - 2`;
  return `1 - ${lost} / ${numberText(budgetOf(objective) * minutes)} and ${covered}`;
}
