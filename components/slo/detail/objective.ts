import type { DefinitionView } from "#components/slo/detail/view.ts";
import { count, precisePercent } from "#lib/format/numbers.ts";
import { DAY } from "#lib/time/duration.ts";

/** The objective as a person says it: "99.9 % of events over 30 days", "… in each month (UTC)". */
export function objectiveInWords(definition: DefinitionView): string {
  const { objective, windowMs, windowLabel, zone, sli } = definition;
  const window =
    zone === null ? `over ${windowInWords(windowMs)}` : `in each ${windowLabel} (${zone})`;
  return `${precisePercent(objective)} of ${sli.kind === "events" ? "events" : "minutes"} ${window}`;
}

/** "30 days", "1 day", "36 hours". */
export function windowInWords(ms: number): string {
  const days = ms / DAY;
  if (Number.isInteger(days)) return days === 1 ? "1 day" : `${days} days`;
  return `${count(days * 24)} hours`;
}
