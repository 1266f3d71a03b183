import { Bell } from "lucide-react";
import Link from "next/link";
import { Figures } from "#components/fleet/figures.tsx";
import styles from "#components/fleet/fleet-table.module.css";
import { Outlook } from "#components/fleet/outlook.tsx";
import { Policy } from "#components/fleet/policy.tsx";
import { Sparkline } from "#components/fleet/sparkline.tsx";
import { sloPath } from "#components/layout/paths.ts";
import { BudgetGauge } from "#components/slo/budget-gauge.tsx";
import { StateMark } from "#components/slo/state-mark.tsx";
import type { Grouping } from "#lib/fleet/group.ts";
import type { BurnWindow, FleetRow } from "#lib/fleet/row.ts";
import { percent, precisePercent, times } from "#lib/format/numbers.ts";
import { presentWindow } from "#lib/format/windows.ts";

interface FleetRowProps {
  readonly row: FleetRow;
  /** What stands above the row and is not said again. */
  readonly under: Grouping | null;
}

/** The cells of one SLO. */
export function FleetRowCells({ row, under }: FleetRowProps) {
  return (
    <>
      <td className={styles.state} title={row.reason}>
        <StateMark state={row.state} />
        <Alert alert={row.alert} />
      </td>
      <td className={styles.slo}>
        <Name row={row} under={under} />
      </td>
      <td className={`${styles.number} ${styles.wide}`}>
        <Sli row={row} />
      </td>
      <td className={styles.gauge}>
        <BudgetGauge
          remaining={row.remaining}
          state={row.state}
          thresholds={row.thresholds}
          width={112}
        />
      </td>
      <td className={`${styles.number} ${styles.figures}`}>
        <Figures row={row} />
      </td>
      <Burn row={row} window="1h" className={styles.wide} />
      <Burn row={row} window="6h" className={styles.slow} />
      <Burn row={row} window="1d" className={styles.slow} />
      <td className={`text-small ${styles.outlook}`}>
        <Outlook row={row} />
      </td>
      <td className={styles.spark}>
        <Sparkline values={row.spark} state={row.state} />
        <Coverage value={row.coverage} />
      </td>
      <td className={`text-small ${styles.policy}`}>
        <Policy row={row} />
      </td>
    </>
  );
}

function Alert({ alert }: Pick<FleetRow, "alert">) {
  if (!alert) return null;
  const ink = alert.severity === "page" ? "text-out" : "text-risk";
  return (
    <span className={`${styles.alert} ${ink}`}>
      <Bell size={12} aria-hidden /> {alert.tier}
      <span className="sr-only"> alert fires</span>
    </span>
  );
}

function Name({ row, under }: FleetRowProps) {
  return (
    <Link href={sloPath(row)} data-row-link className="group block">
      {under === "service" ? null : <Owner row={row} showTeam={under !== "team"} />}{" "}
      <span className="font-[520] group-hover:underline group-hover:underline-offset-3">
        {row.slo}
      </span>
      {row.enforced ? null : <span className="ml-1.5 text-small text-ink-3">aspirational</span>}
    </Link>
  );
}

function Owner({ row: { service, team }, showTeam }: { row: FleetRow; showTeam: boolean }) {
  return (
    <span className={styles.second} title={team ? `${service}, ${team}` : service}>
      {service}
      {showTeam && team ? <span className={styles.team}> · {team}</span> : null}
    </span>
  );
}

function Sli({ row }: { row: FleetRow }) {
  return (
    <>
      {row.sli === null ? "–" : precisePercent(row.sli)}
      <span className={styles.second}>
        of {precisePercent(row.objective)}, {presentWindow(row.window)}
      </span>
    </>
  );
}

/** Cut, not rounded: what is not whole never reads 100 %. */
function Coverage({ value }: { value: number }) {
  if (value >= 1) return null;
  const cut = Math.floor(value * 1000) / 1000;
  return (
    <span className={`${styles.second} ${styles.covered}`} title="Minutes of the window with data">
      {percent(cut, 1)} covered
    </span>
  );
}

interface BurnProps {
  readonly row: FleetRow;
  readonly window: BurnWindow;
  readonly className: string | undefined;
}

/** An even spend is 1×; faster is worth a look. */
function Burn({ row, window, className }: BurnProps) {
  const burn = row.burn[window];
  const ink = burn !== null && burn >= 1 ? "text-ink" : "text-ink-3";
  return (
    <td className={`${styles.number} ${className} ${ink}`}>
      {burn === null ? <Unknown /> : times(burn)}
    </td>
  );
}

function Unknown() {
  return (
    <>
      <span aria-hidden>–</span>
      <span className="sr-only">not known</span>
    </>
  );
}
