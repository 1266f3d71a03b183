import { readMissing } from "#app/_data/fleet/missing.ts";
import type { FleetView } from "#components/fleet/view.ts";
import { type Db, store } from "#db/client.ts";
import { readFleet } from "#db/reads/fleet.ts";
import { parseFilter } from "#lib/fleet/filter.ts";
import { pagesFirst } from "#lib/fleet/order.ts";
import { fleetRow } from "#lib/fleet/row.ts";

/** How many rows are read at once. */
const PAGE = 100;

/** One page of the fleet as the filter box asks for it; `cursor` is `next` of the page before. */
export async function readFleetView(filter: string, cursor: string | null): Promise<FleetView> {
  const { db } = await store();
  return db.transaction((tx) => readFrom(tx, filter, cursor), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function readFrom(db: Db, filter: string, cursor: string | null): Promise<FleetView> {
  const { problems, ...asked } = parseFilter(filter);
  const page = await readFleet(db, { ...asked, limit: PAGE, cursor });
  const readAt = Date.now();
  return {
    rows: pagesFirst(page.rows.map((row) => fleetRow(row, readAt))),
    totals: page.totals,
    next: page.next,
    evaluatedAt: page.evaluatedAt,
    readAt,
    problems,
    missing: page.evaluatedAt === null ? await readMissing(db) : null,
  };
}
