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
  /** With nothing left out. */
  readonly measured: readonly TotalsRow[];
}

interface RowsAsk {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Nothing is left out. */
  readonly everything?: boolean | undefined;
}

/**
 * The totals from which budgets in `[from, to]` (epoch ms) are computed: they reach back as far as the
 * window of the first one.
 */
export async function readCountedRows(
  db: Db,
  { record, version }: Pick<SloFacts, "record" | "version">,
  { from, to, everything = false }: RowsAsk,
): Promise<CountedRows> {
  const first = from - budgetReachMs(version.definition.window, from);
  const measured = await readTotals(db, version.sliId, first, to);
  if (everything) return { rows: measured, excluded: [], measured };
  const spans = await readExcludedSpans(db, { from: first, to, sloId: record.id });
  const excluded = spans.get(record.id) ?? [];
  return { rows: withoutSpans(measured, excluded), excluded, measured };
}
