import Link from "next/link";
import { RowsTable } from "#components/dora/rows-table.tsx";
import type { DoraView, RowsView } from "#components/dora/view.ts";
import { EXCLUSION_WORD, FORMULA, METRIC_WORD } from "#components/dora/words.ts";
import { doraPath } from "#components/layout/paths.ts";
import { Section } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Exclusion } from "#lib/dora/exclusion.ts";
import { count } from "#lib/format/numbers.ts";

/** What one number is made of: its formula, its rows, and what it leaves out. */
export function RowsSection({ rows, address }: { rows: RowsView; address: DoraView["address"] }) {
  const { metric, total, csvPath } = rows;
  const shown = rows.rows.length;
  return (
    <div id="rows" className="scroll-mt-4">
      <Section
        title={`Rows behind ${METRIC_WORD[metric].toLowerCase()}`}
        aside={
          <span className="flex flex-wrap gap-x-4 text-[13px]">
            <a href={csvPath} className="prose-link">
              Download as CSV
            </a>
            <Link href={doraPath({ ...address, rows: "" })} scroll={false} className="prose-link">
              Close
            </Link>
          </span>
        }
      >
        <p className="max-w-[90ch] px-4 pb-3 text-[13px] text-ink-2">{FORMULA[metric]}</p>
        {total === 0 ? (
          <p className="px-4 pb-4 text-[13px]">There is no row in this range.</p>
        ) : (
          <RowsTable rows={rows} />
        )}
        {shown < total && (
          <p className="border-t border-line px-4 py-2.5 text-small text-ink-2">
            The newest {count(shown)} of {count(total)} rows; the CSV has all of them.
          </p>
        )}
        <LeftOut rows={rows} />
      </Section>
    </div>
  );
}

function LeftOut({ rows }: { rows: RowsView }) {
  const { excluded, excludedTotal, excludedCsvPath } = rows;
  if (excludedTotal === 0) {
    return (
      <p className="border-t border-line px-4 py-3 text-small text-ink-2">
        The number leaves nothing out.
      </p>
    );
  }
  return (
    <div className="border-t border-line px-4 py-3">
      <h3 className="text-[13px] font-[560]">Left out, and why</h3>
      <ul className="mt-1 space-y-2 text-small text-ink-2">
        {[...Map.groupBy(excluded, ({ reason }) => reason)].map(([reason, all]) => (
          <li key={reason}>
            <Reason reason={reason} all={all} />
          </li>
        ))}
      </ul>
      <p className="mt-2 text-small">
        <a href={excludedCsvPath} className="prose-link">
          All {count(excludedTotal)} as CSV
        </a>
      </p>
    </div>
  );
}

function Reason({ reason, all }: { reason: Exclusion["reason"]; all: readonly Exclusion[] }) {
  const n = all.reduce((sum, each) => sum + each.n, 0);
  return (
    <details>
      <summary className="w-fit cursor-pointer text-[13px] text-ink hover:underline">
        {EXCLUSION_WORD[reason]}: {count(n)}
      </summary>
      <ul className="mt-1 space-y-0.5 pl-4">
        {all.map(({ id, service, at, n: own }) => (
          <li key={`${service} ${id}`} className="[overflow-wrap:anywhere]">
            <Time at={at} /> {service} <code>{id}</code>
            {own > 1 && ` (${count(own)})`}
          </li>
        ))}
      </ul>
    </details>
  );
}
