import styles from "#components/fleet/fleet-table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { FleetRow } from "#lib/fleet/row.ts";

/** The policy state; when a block lifts; whether the state is only held. */
export function Policy({ row }: { row: FleetRow }) {
  const { policyState, blocks, held, liftsAt } = row;
  return (
    <>
      <span
        title={policyState}
        className={`line-clamp-2 max-w-[17ch] ${blocks ? "font-[540] text-out" : "text-ink-2"}`}
      >
        {policyState}
      </span>
      {held ? (
        <span
          className={styles.second}
          title="The last known state, kept while the numbers are not known"
        >
          held
        </span>
      ) : null}
      {blocks && !held && liftsAt !== null ? (
        <span className={styles.second}>
          lifts <Time at={liftsAt} show="brief" />
        </span>
      ) : null}
    </>
  );
}
