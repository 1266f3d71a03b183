import type { FleetView } from "#app/_data/fleet/query.ts";
import { store } from "#db/client.ts";
import { readFleet } from "#db/reads/fleet.ts";
import { parseFilter } from "#lib/fleet/filter.ts";
import { fleetRow } from "#lib/fleet/row.ts";

/** How many rows are read at once. */
const PAGE = 100;

/** One page of the fleet as the filter box asks for it; `cursor` is `next` of the page before. */
export async function readFleetView(filter: string, cursor: string | null): Promise<FleetView> {
  const { problems, ...asked } = parseFilter(filter);
  const { db } = await store();
  const page = await db.transaction((tx) => readFleet(tx, { ...asked, limit: PAGE, cursor }), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
  return {
    rows: page.rows.map(fleetRow),
    totals: page.totals,
    fleet: page.teams.reduce((sum, { count }) => sum + count, 0),
    next: page.next,
    evaluatedAt: page.evaluatedAt,
    problems,
  };
}
