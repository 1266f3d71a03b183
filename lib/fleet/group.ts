import type { FleetRow } from "#lib/fleet/row.ts";
import { SLO_STATES } from "#lib/slo/status.ts";

export const GROUPINGS = ["team", "service", "state"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface RowGroup {
  /** Team, service or state; null collects the SLOs that name no team. */
  readonly key: string | null;
  readonly rows: readonly FleetRow[];
}

/**
 * Rows in groups. Both keep the order of the rows, so that with rows worst first the group with the
 * worst one leads; states keep their own order.
 * @example groupRows(rows, "team")[0]?.key // the team whose SLO is worst
 */
export function groupRows(rows: readonly FleetRow[], by: Grouping): RowGroup[] {
  const groups = Map.groupBy(rows, (row) => row[by]);
  const found = [...groups].map(([key, own]) => ({ key, rows: own }));
  if (by !== "state") return found;
  return SLO_STATES.flatMap((state) => found.filter(({ key }) => key === state));
}

/**
 * What is blocked in a group: the services with a blocking policy state, in the order of the rows.
 * Held states block too.
 * @example blockedServices(rows) // ["checkout"]
 */
export function blockedServices(rows: readonly FleetRow[]): string[] {
  return [...new Set(rows.filter(({ blocks }) => blocks).map(({ service }) => service))];
}
