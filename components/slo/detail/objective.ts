import type { DefinitionView } from "#components/slo/detail/view.ts";
import { count, precisePercent } from "#lib/format/numbers.ts";
import { unitOf } from "#lib/slo/budget.ts";
import { slicingOf } from "#lib/spec/counted.ts";
import type { Slicing } from "#lib/spec/model.ts";
import { DAY, formatDuration } from "#lib/time/duration.ts";

/** The objective as a person says it: "99.9 % of events over 30 days", "… in each month (UTC)", "…, in slices of 5m …". */
export function objectiveInWords(definition: DefinitionView): string {
  const { objective, windowMs, windowLabel, zone } = definition;
  const window =
    zone === null ? `over ${windowInWords(windowMs)}` : `in each ${windowLabel} (${zone})`;
  const slices = slicesInWords(slicingOf(definition));
  return `${precisePercent(objective)} of ${unitOf(definition)} ${window}${slices}`;
}

function slicesInWords(slicing: Slicing | null): string {
  if (!slicing) return "";
  const slices = `, in slices of ${formatDuration(slicing.windowMs)}`;
  return slicing.method === "timeslices"
    ? `${slices} that are good at ${precisePercent(slicing.target)}`
    : `${slices}, each by its ratio`;
}

/** "30 days", "1 day", "36 hours". */
export function windowInWords(ms: number): string {
  const days = ms / DAY;
  if (Number.isInteger(days)) return days === 1 ? "1 day" : `${days} days`;
  return `${count(days * 24)} hours`;
}
