import type { FleetRow } from "#lib/fleet/row.ts";
import type { SloState } from "#lib/slo/status.ts";

/** A team's page: JSON-safe, times in epoch ms. */
export interface TeamView {
  readonly team: string;
  /** Worst first. */
  readonly rows: readonly FleetRow[];
  readonly totals: Readonly<Record<SloState, number>>;
  /** SLOs beyond those in `rows`. */
  readonly hidden: number;
  /** When this was read. */
  readonly readAt: number;
  /** Of the newest evaluation. */
  readonly evaluatedAt: number;
}
