import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { latestAtOrBefore } from "#lib/slo/windows.ts";

/**
 * Running totals as if nothing had happened in the spans: any window over them is then without its
 * excluded parts. Rows ascend by `at`, spans are merged; a row inside a span counts up to its start.
 * An edge between two rows is taken at the earlier one, as windows are.
 * @example withoutSpans(rows, [{ from: t, to: t + HOUR }])
 */
export function withoutSpans(
  rows: readonly TotalsRow[],
  spans: readonly ExcludedSpan[],
): readonly TotalsRow[] {
  if (spans.length === 0) return rows;
  const growths = spans.map((span) => growthOf(rows, span));
  let passed = 0;
  let good = 0;
  let total = 0;
  return rows.map((row) => {
    for (let next = growths[passed]; next && next.to <= row.at; next = growths[passed]) {
      good += next.good;
      total += next.total;
      passed++;
    }
    const inside = growths[passed];
    const start = inside && inside.from <= row.at ? inside.start : null;
    return {
      at: row.at,
      good: (start?.good ?? row.good) - good,
      total: (start?.total ?? row.total) - total,
      covered: row.covered,
    };
  });
}

interface Growth extends ExcludedSpan {
  /** The row that the span begins with; null where there are no rows. */
  readonly start: TotalsRow | null;
  readonly good: number;
  readonly total: number;
}

/** What was counted in a span: from the row at or before its start, or else the first, to its end. */
function growthOf(rows: readonly TotalsRow[], { from, to }: ExcludedSpan): Growth {
  const first = rows[0] ?? null;
  const start = latestAtOrBefore(rows, from) ?? first;
  const end = latestAtOrBefore(rows, to) ?? start;
  return {
    from,
    to,
    start,
    good: (end?.good ?? 0) - (start?.good ?? 0),
    total: (end?.total ?? 0) - (start?.total ?? 0),
  };
}
