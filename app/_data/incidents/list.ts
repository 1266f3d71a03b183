import { readDelivery } from "#app/_data/dora/delivery.ts";
import { distinct, readOwners, servicesOf, teamsOf } from "#app/_data/dora/teams.ts";
import { causes } from "#app/_data/incidents/cause.ts";
import { readClasses } from "#app/_data/incidents/classes.ts";
import { type AskedIncidents, askedIncidents } from "#app/_data/incidents/filter.ts";
import { readEditable, readServices } from "#app/_data/incidents/services.ts";
import type { IncidentsView } from "#components/incidents/view.ts";
import type { Db } from "#db/connection.ts";
import { countIncidents, type IncidentPage, readIncidents } from "#db/reads/incidents.ts";
import type { ServiceTeam } from "#db/reads/serviceTeams.ts";
import type { Actor } from "#lib/access/actor.ts";

/** Rows of a page. */
const PAGE_ROWS = 50;

interface Reader {
  readonly actor: Actor;
  readonly address: URLSearchParams;
  /** Epoch ms. */
  readonly now: number;
}

/** The list of incidents that an address asks for. */
export async function readIncidentsView(
  db: Db,
  { actor, address, now }: Reader,
): Promise<IncidentsView> {
  const asked = askedIncidents(address);
  const owners = await readOwners(db);
  const { incidents, matching } = await readMatching(db, asked, owners);
  const causeOf = causes((await readDelivery(db)).delivery);
  const counted = await countIncidents(db);
  return {
    lines: incidents.map(({ id, title, service, severity, startedAt, resolvedAt }) => ({
      ...{ id, title, service, severity, startedAt, resolvedAt },
      teams: teamsOf(owners, service),
      cause: causeOf(id),
    })),
    matching,
    open: counted.open,
    page: asked.page,
    pages: Math.max(1, Math.ceil(matching / PAGE_ROWS)),
    fields: asked.fields,
    mistakes: asked.mistakes,
    services: await readServices(db),
    teams: distinct(owners.map(({ team }) => team)),
    editable: await readEditable(db, actor),
    classes: await readClasses(db),
    isEmpty: counted.all === 0,
    readAt: now,
  };
}

async function readMatching(
  db: Db,
  asked: AskedIncidents,
  owners: readonly ServiceTeam[],
): Promise<IncidentPage> {
  if (Object.keys(asked.mistakes).length > 0) return { incidents: [], matching: 0 };
  const { severity, state, from, to, page, fields } = asked;
  const filter = { services: servicesFor(fields, owners), severity, state, from, to };
  return readIncidents(db, filter, { limit: PAGE_ROWS, offset: (page - 1) * PAGE_ROWS });
}

/** Null asks nothing; a service that is not the team's leaves none. */
function servicesFor(
  { service, team }: { readonly service: string; readonly team: string },
  owners: readonly ServiceTeam[],
): string[] | null {
  if (team === "") return service === "" ? null : [service];
  const own = servicesOf(owners, team);
  return service === "" ? own : own.filter((each) => each === service);
}
