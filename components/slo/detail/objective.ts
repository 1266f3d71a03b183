import type { DefinitionView } from "#components/slo/detail/view.ts";
import { count, precisePercent } from "#lib/format/numbers.ts";
import { DAY } from "#lib/time/duration.ts";

/** The objective as a person says it: "99.9 % of requests over 30 days". */
export function objectiveInWords({ objective, windowMs, sli }: DefinitionView): string {
  const window = windowInWords(windowMs);
  return `${precisePercent(objective)} of ${sli.kind === "events" ? "events" : "minutes"} over ${window}`;
}

/** "30 days", "1 day", "36 hours". */
export function windowInWords(ms: number): string {
  const days = ms / DAY;
  if (Number.isInteger(days)) return days === 1 ? "1 day" : `${days} days`;
  return `${count(days * 24)} hours`;
}
