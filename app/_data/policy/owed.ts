import { distinct, readOwners, servicesOf } from "#app/_data/dora/teams.ts";
import type { OwedLine } from "#components/policy/view.ts";
import type { Db } from "#db/connection.ts";
import { readIncident } from "#db/reads/incidents.ts";
import { type OwedFilter, type OwedItem, readOwed } from "#db/reads/owed.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";

/** What is owed, with what it is owed for and whether the reader may settle it. */
export async function readOwedLines(db: Db, actor: Actor, filter: OwedFilter): Promise<OwedLine[]> {
  const mayEdit = await editor(db, actor);
  const lines: OwedLine[] = [];
  for (const item of await readOwed(db, filter)) {
    lines.push(lineOf(item, await incidentOf(db, item), mayEdit(item.service)));
  }
  return lines;
}

/** Whether an actor edits for one of the teams of a service. */
async function editor(db: Db, actor: Actor): Promise<(service: string) => boolean> {
  if (decide(actor, "edit", null) === "allow") return () => true;
  const owners = await readOwners(db);
  const teams = distinct(owners.map(({ team }) => team));
  const own = teams.filter((team) => decide(actor, "edit", team) === "allow");
  const services = new Set(own.flatMap((team) => servicesOf(owners, team)));
  return (service) => services.has(service);
}

async function incidentOf(db: Db, { incidentId }: OwedItem): Promise<OwedLine["incident"]> {
  if (incidentId === null) return null;
  const found = await readIncident(db, incidentId);
  return { id: incidentId, title: found?.title ?? incidentId };
}

function lineOf(item: OwedItem, incident: OwedLine["incident"], isEditor: boolean): OwedLine {
  const { id, kind, service, slo, incidentClass, quarter, share, above, openedAt } = item;
  const { doneAt, doneByName, doneUrl, doneNote } = item;
  return {
    ...{ id, kind, service, slo, incidentClass, quarter, share, above, openedAt },
    ...{ doneAt, doneByName, doneUrl, doneNote },
    ...{ incident, isEditor },
  };
}
