import styles from "#components/fleet/fleet-table.module.css";
import { partialHistory } from "#lib/fleet/history.ts";
import type { FleetRow } from "#lib/fleet/row.ts";
import { count, percent, span } from "#lib/format/numbers.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** An unknown budget is never shown as a present one: what was known last stands aside. */
export function Figures({ row }: { row: FleetRow }) {
  const { remaining, state } = row;
  if (remaining === null) return <span className="text-small text-ink-3">not known</span>;
  const isKnown = state !== "unknown";
  return (
    <>
      <b className={isKnown ? "font-[590]" : "font-normal text-ink-3"}>{percent(remaining)}</b>
      <span className={styles.second}>{isKnown ? amountLeft(row) : "last known"}</span>
      <Partial row={row} />
    </>
  );
}

/** A budget of three days is not that of thirty. */
function Partial({ row }: { row: FleetRow }) {
  const history = partialHistory(row);
  if (!history) return null;
  const { known, of } = history;
  return (
    <span className={styles.second} title="History that is known, of the window">
      {count(known)} of {count(of)} d known
    </span>
  );
}

function amountLeft({ left, unit }: FleetRow): string {
  if (left === null) return "";
  if (unit === "events") return `${count(left)} events`;
  return left < 0 ? `−${span(-left * MINUTE)}` : span(left * MINUTE);
}
