import type { CostIncident } from "#lib/dora/costInput.ts";

/** Time in which some incident lasted all along; epoch ms, `to` may be infinite. */
export interface IncidentSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * The times in which incidents lasted, ascending: those that overlap or follow at once are one. One
 * without a length is none, one that is open has no end.
 * @example incidentSpans([]) // []
 */
export function incidentSpans(
  incidents: readonly Pick<CostIncident, "startedAt" | "resolvedAt">[],
): IncidentSpan[] {
  const spans: { from: number; to: number }[] = [];
  const ordered = incidents
    .map(({ startedAt, resolvedAt }) => ({ from: startedAt, to: resolvedAt ?? Infinity }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  for (const span of ordered) {
    const last = spans.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else spans.push(span);
  }
  return spans;
}

/**
 * The end of the nearest time before `at` (epoch ms), `lengthMs` long, that did not lie wholly inside
 * incidents: `at` itself, or the start of the incident.
 * @example clearBefore(incidentSpans([incident]), { at, lengthMs: HOUR }) // incident.startedAt
 */
export function clearBefore(
  spans: readonly IncidentSpan[],
  { at, lengthMs }: { readonly at: number; readonly lengthMs: number },
): number {
  const around = spans.find(({ from, to }) => from <= at - lengthMs && to >= at);
  return around?.from ?? at;
}
