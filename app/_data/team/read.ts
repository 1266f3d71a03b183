import type { TeamView } from "#components/team/view.ts";
import { store } from "#db/client.ts";
import { readFleet } from "#db/reads/fleet.ts";
import { fleetRow } from "#lib/fleet/row.ts";

/** More SLOs than a person can be asked to look after. */
const MOST = 1000;

/** A team with all its SLOs; null when no SLO in force names it. */
export async function readTeamView(team: string): Promise<TeamView | null> {
  const { db } = await store();
  const page = await db.transaction((tx) => readFleet(tx, { team, limit: MOST }), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
  const readAt = Date.now();
  if (page.rows.length === 0 || page.evaluatedAt === null) return null;
  const all = Object.values(page.totals).reduce((sum, count) => sum + count, 0);
  return {
    team,
    rows: page.rows.map((row) => fleetRow(row, readAt)),
    totals: page.totals,
    hidden: all - page.rows.length,
    readAt,
    evaluatedAt: page.evaluatedAt,
  };
}
