import type { Store } from "#db/client.ts";
import { readExcludedSpans } from "#db/reads/exclusions.ts";
import { readHistoryDue } from "#db/reads/history.ts";
import { readTotals } from "#db/reads/totals.ts";
import { saveHistory } from "#db/writes/evaluations.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import { evaluateRange } from "#lib/slo/range.ts";
import { gridAt } from "#lib/slo/resolution.ts";

/** So many SLOs in one round, so that a tick stays short. */
const AT_ONCE = 20;

/**
 * Once an SLO's first backfill has ended, and again for each new definition: the alerts that its
 * tiers would have raised over its history, for the charts. They are recorded, never announced.
 */
export async function recordHistory(of: {
  store: Store;
  source: string;
  now: number;
}): Promise<void> {
  const { db } = of.store;
  for (const slo of await readHistoryDue(db, { source: of.source, limit: AT_ONCE })) {
    const stored = await readTotals(db, slo.sliId, slo.from, of.now);
    const span = { from: slo.from, to: of.now, sloId: slo.id };
    const rows = withoutSpans(stored, (await readExcludedSpans(db, span)).get(slo.id) ?? []);
    const last = rows.at(-1)?.at ?? slo.from;
    const intervals = evaluateRange(slo.definition, rows, slo.from, last, gridAt(of.now));
    await saveHistory(db, { slo, intervals, now: of.now });
  }
}
