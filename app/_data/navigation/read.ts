import type { Backfill, NavigationView } from "#components/layout/navigation-view.ts";
import { store } from "#db/client.ts";
import { readFleet } from "#db/reads/fleet.ts";
import { readDocuments, readSources, type SourceOverview } from "#db/reads/sources.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

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

/** The source with the most left to fetch stands for all: they fill side by side. */
function backfillOf(sources: readonly SourceOverview[]): Backfill | null {
  const left = ({ backfillDone, backfillOf }: SourceOverview) => backfillOf - backfillDone;
  const slowest = sources
    .filter((source) => source.slis > 0 && left(source) >= 1)
    .toSorted((a, b) => left(b) - left(a))[0];
  if (!slowest) return null;
  const perSli = (minutes: number) => (minutes * MINUTE) / slowest.slis / DAY;
  return { doneDays: perSli(slowest.backfillDone), ofDays: perSli(slowest.backfillOf) };
}
