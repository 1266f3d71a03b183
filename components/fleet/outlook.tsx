import styles from "#components/fleet/fleet-table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { FleetRow } from "#lib/fleet/row.ts";

/** Where the budget is heading: when it runs out, or since when it is out and when it recovers. */
export function Outlook({ row }: { row: FleetRow }) {
  const { exhaustedSince, recoversAt, exhaustsAt, noTrafficSince } = row;
  if (exhaustedSince !== null) {
    return (
      <>
        since <Time at={exhaustedSince} show="brief" />
        <Second label="recovers" at={recoversAt} />
      </>
    );
  }
  if (exhaustsAt !== null) {
    return (
      <>
        <Time at={exhaustsAt} show="relative" />
        <Second label="" at={exhaustsAt} />
      </>
    );
  }
  if (noTrafficSince !== null) {
    return (
      <>
        no traffic
        <Second label="since" at={noTrafficSince} />
      </>
    );
  }
  return <Never />;
}

function Second({ label, at }: { label: string; at: number | null }) {
  if (at === null) return null;
  return (
    <span className={styles.second}>
      {label} <Time at={at} show="brief" />
    </span>
  );
}

function Never() {
  return (
    <>
      <span aria-hidden className={styles.never}>
        –
      </span>
      <span className="sr-only">not at the present pace</span>
    </>
  );
}
