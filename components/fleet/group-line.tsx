import Link from "next/link";
import { COLUMNS } from "#components/fleet/columns.ts";
import styles from "#components/fleet/fleet-table.module.css";
import { servicePath, teamPath } from "#components/layout/paths.ts";
import { StateMark } from "#components/slo/state-mark.tsx";
import { blockedServices, type Grouping, type RowGroup } from "#lib/fleet/group.ts";

interface GroupLineProps {
  readonly group: RowGroup;
  readonly by: Grouping;
}

/** Names a group and says what is blocked in it. */
export function GroupLine({ group, by }: GroupLineProps) {
  return (
    <tr className={styles.group}>
      <th scope="rowgroup" colSpan={COLUMNS}>
        <span className="font-[580] text-ink">
          <GroupName group={group} by={by} />
        </span>
        <span className="ml-2 font-normal">{noteOf(group, by)}</span>
      </th>
    </tr>
  );
}

function GroupName({ group: { key, rows }, by }: GroupLineProps) {
  if (key === null) return "No team";
  if (by === "state") return rows[0] ? <StateMark state={rows[0].state} /> : null;
  const href = by === "team" ? teamPath(key) : servicePath(key);
  return (
    <Link href={href} className="hover:underline hover:underline-offset-3">
      {key}
    </Link>
  );
}

function noteOf({ rows }: RowGroup, by: Grouping): string {
  const blocked = blockedServices(rows);
  const slos = rows.length === 1 ? "1 SLO" : `${rows.length} SLOs`;
  if (blocked.length === 0) return slos;
  return by === "service" ? `${slos}, blocked` : `${slos}, blocked: ${blocked.join(", ")}`;
}
