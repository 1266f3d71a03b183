import { FleetRowCells } from "#components/fleet/fleet-row.tsx";
import styles from "#components/fleet/fleet-table.module.css";
import { GroupLine } from "#components/fleet/group-line.tsx";
import { type Grouping, groupRows } from "#lib/fleet/group.ts";
import type { FleetRow } from "#lib/fleet/row.ts";

interface FleetTableProps {
  /** Worst first. */
  readonly rows: readonly FleetRow[];
  /** Null: one list. */
  readonly groupBy: Grouping | null;
  /** What the table holds, for those who hear it. */
  readonly caption: string;
}

/** One row per SLO; on a phone a card of two lines. */
export function FleetTable({ rows, groupBy, caption }: FleetTableProps) {
  const groups = groupBy ? groupRows(rows, groupBy) : [{ key: "", rows }];
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className="sr-only">{caption}</caption>
        <Head />
        {groups.map((group) => (
          <tbody key={group.key ?? "\u0000none"}>
            {groupBy ? <GroupLine group={group} by={groupBy} /> : null}
            {group.rows.map((row) => (
              <tr key={`${row.service}/${row.slo}`} className={styles.row}>
                <FleetRowCells row={row} under={groupBy} />
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Head() {
  return (
    <thead>
      <tr>
        <th scope="col">State</th>
        <th scope="col">SLO</th>
        <th scope="col" className={`${styles.number} ${styles.wide}`}>
          SLI
        </th>
        <th scope="col">Budget left</th>
        <th scope="col" className={styles.number}>
          <span className="sr-only">Budget left in figures</span>
        </th>
        <th scope="col" className={`${styles.number} ${styles.wide}`}>
          Burn 1h
        </th>
        <th scope="col" className={`${styles.number} ${styles.slow}`}>
          <span className="sr-only">Burn </span>6h
        </th>
        <th scope="col" className={`${styles.number} ${styles.slow}`}>
          <span className="sr-only">Burn </span>1d
        </th>
        <th scope="col">Runs out</th>
        <th scope="col" className={styles.spark}>
          Its window
        </th>
        <th scope="col" className={styles.policy}>
          Policy
        </th>
      </tr>
    </thead>
  );
}
