import type { DoraAsk } from "#app/_data/dora/ask.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import { rowsBehind } from "#app/_data/dora/rows.ts";
import type { RowsView } from "#components/dora/view.ts";
import type { DoraReport, MetricName } from "#lib/dora/report.ts";
import type { Selection } from "#lib/dora/selection.ts";

/** What a page shows of the rows; the CSV has all. */
const MOST_ROWS = 100;

interface RowsContext {
  readonly report: DoraReport;
  readonly selection: Selection;
  readonly known: KnownDelivery;
  readonly ask: DoraAsk;
}

/** The rows behind one number of a report, newest first. */
export function rowsView(
  name: MetricName,
  { report, selection, known, ask }: RowsContext,
): RowsView {
  const { kind, columns, rows } = rowsBehind(name, selection, known.delivery);
  const { excluded } = report.metrics[name];
  const csvPath = csvPathOf(name, report, ask);
  return {
    ...{ metric: name, kind, columns, csvPath },
    rows: rows.toReversed().slice(0, MOST_ROWS),
    total: rows.length,
    excluded: excluded.slice(0, MOST_ROWS),
    excludedTotal: excluded.length,
    excludedCsvPath: `${csvPath}&what=excluded`,
  };
}

/** Of the range as it is now: what "the last 30 days" are changes with the day. */
function csvPathOf(metric: string, { window }: DoraReport, { team, service, zone }: DoraAsk) {
  const asked = {
    metric,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    zone,
    team,
    service,
  };
  const given = Object.entries(asked).filter(([, value]) => value !== "");
  return `/api/v1/dora/rows.csv?${new URLSearchParams(given)}`;
}
