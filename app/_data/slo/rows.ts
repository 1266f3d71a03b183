import type { SloFacts } from "#app/_data/slo/facts.ts";
import type { Db } from "#db/connection.ts";
import { readExcludedSpans } from "#db/reads/exclusions.ts";
import { readTotals } from "#db/reads/totals.ts";
import { budgetReachMs } from "#lib/slo/budgetOfRows.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";

/** Running totals of an SLO as they count, and the times that were left out of them. */
export interface CountedRows {
  /** Ascending. */
  readonly rows: readonly TotalsRow[];
  readonly excluded: readonly ExcludedSpan[];
}

/**
 * The totals from which budgets in `[from, to]` (epoch ms) are computed: they reach back as far as the
 * window of the first one.
 */
export async function readCountedRows(
  db: Db,
  { record, version }: Pick<SloFacts, "record" | "version">,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<CountedRows> {
  const first = from - budgetReachMs(version.definition.window, from);
  const rows = await readTotals(db, version.sliId, first, to);
  const spans = await readExcludedSpans(db, { from: first, to, sloId: record.id });
  const excluded = spans.get(record.id) ?? [];
  return { rows: withoutSpans(rows, excluded), excluded };
}
