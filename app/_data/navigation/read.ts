import { backfillOf } from "#app/_data/navigation/backfill.ts";
import type { NavigationView } from "#components/layout/navigation-view.ts";
import { store } from "#db/client.ts";
import { readFleet } from "#db/reads/fleet.ts";
import { readDocuments, readSources, type SourceOverview } from "#db/reads/sources.ts";

/** The navigation of every page, in one snapshot. */
export async function readNavigation(): Promise<NavigationView> {
  const { db } = await store();
  return db.transaction(
    async (tx) => {
      const { teams } = await readFleet(tx, { limit: 0 });
      const sources = await readSources(tx);
      const documents = await readDocuments(tx);
      return {
        fleet: teams.reduce((sum, { count }) => sum + count, 0),
        teams: teams.flatMap(({ team, worst }) => (team === null ? [] : [{ name: team, worst }])),
        troubled: sources.filter(isTroubled).map(({ name }) => name),
        brokenDocuments: documents.filter(({ findings }) =>
          findings.some(({ severity }) => severity === "error"),
        ).length,
        backfill: backfillOf(sources),
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** A source that is only starting is not in trouble; one that refuses a query is. */
function isTroubled({ state, refused, slis }: SourceOverview): boolean {
  return state === "failed" || (state === "no-data" && slis > 0) || refused > 0;
}
