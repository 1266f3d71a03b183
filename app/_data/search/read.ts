import type { Found, SearchView } from "#components/palette/view.ts";
import { store } from "#db/client.ts";
import { readFleet } from "#db/reads/fleet.ts";
import type { SloStatus } from "#lib/slo/status.ts";

/** SLOs that are looked at for names; a list that is longer is not read by anybody. */
const LOOKED_AT = 200;
const SHOWN = 8;

/** SLOs, services and teams with a text in their names, worst first. */
export async function readSearch(text: string): Promise<SearchView> {
  const { db } = await store();
  const search = text.trim();
  const { rows, teams } = await readFleet(db, { ...(search && { search }), limit: LOOKED_AT });
  const found = rows.map(({ status }) => status);
  const named = teams.flatMap(({ team, worst }) => (team === null ? [] : [{ name: team, worst }]));
  return {
    slos: found.slice(0, SHOWN).map(({ service, slo, state }) => ({ service, slo, state })),
    services: search ? servicesOf(found).filter(called(search)).slice(0, SHOWN) : [],
    teams: named.filter(called(search)).slice(0, SHOWN),
  };
}

/** Rows come worst first, so a service's first row is its worst. */
function servicesOf(statuses: readonly SloStatus[]): Found[] {
  const services = Map.groupBy(statuses, ({ service }) => service);
  return [...services].flatMap(([name, [worst]]) => (worst ? [{ name, worst: worst.state }] : []));
}

function called(text: string): (found: Found) => boolean {
  const part = text.toLowerCase();
  return ({ name }) => name.toLowerCase().includes(part);
}
