import type { Counts } from "#lib/slo/totals.ts";

/** A time `[from, to)` (epoch ms) whose events do not count. */
export interface ExcludedSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Spans in order, those that overlap or touch made one; empty ones are left out.
 * @example mergeSpans([{ from: 5, to: 9 }, { from: 1, to: 6 }]) // [{ from: 1, to: 9 }]
 */
export function mergeSpans(spans: readonly ExcludedSpan[]): ExcludedSpan[] {
  const merged: ExcludedSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (span.to <= span.from) continue;
    if (!last || span.from > last.to) merged.push(span);
    else merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return merged;
}

/**
 * The parts of spans that lie in `[from, to)` (epoch ms).
 * @example clipSpans([{ from: 1, to: 9 }], 4, 20) // [{ from: 4, to: 9 }]
 */
export function clipSpans(
  spans: readonly ExcludedSpan[],
  from: number,
  to: number,
): ExcludedSpan[] {
  return spans
    .map((span) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }))
    .filter((span) => span.to > span.from);
}

/**
 * How much of `[from, to)` lies in merged spans (ms).
 * @example excludedMs([{ from: 1, to: 9 }], 4, 20) // 5
 */
export function excludedMs(spans: readonly ExcludedSpan[], from: number, to: number): number {
  return clipSpans(spans, from, to).reduce((sum, span) => sum + span.to - span.from, 0);
}

/**
 * The counts of a window without those of its excluded parts. Its minutes stay covered: they are
 * known, and left out on purpose.
 * @example withoutParts({ good: 90, total: 100, covered: 60 }, [{ good: 2, total: 10, covered: 5 }]) // { good: 88, total: 90, covered: 60 }
 */
export function withoutParts(counts: Counts, parts: readonly Counts[]): Counts {
  if (parts.length === 0) return counts;
  const sum = (field: "good" | "total") => parts.reduce((n, part) => n + part[field], 0);
  return {
    good: counts.good - sum("good"),
    total: counts.total - sum("total"),
    covered: counts.covered,
  };
}
