import { distinct, readOwners, servicesOf } from "#app/_data/dora/teams.ts";
import { config } from "#config/current.ts";
import type { Db } from "#db/connection.ts";
import { readNamedServices } from "#db/reads/incidents.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";

/** Every service that anything names, by name. */
export async function readServices(db: Db): Promise<string[]> {
  const told = config().delivery.services.map(({ name }) => name);
  return distinct([...told, ...(await readNamedServices(db))]);
}

/** The services whose incidents an actor may edit, by name. */
export async function readEditable(db: Db, actor: Actor): Promise<string[]> {
  if (decide(actor, "edit", null) === "allow") return readServices(db);
  const owners = await readOwners(db);
  const teams = distinct(owners.map(({ team }) => team));
  const own = teams.filter((team) => decide(actor, "edit", team) === "allow");
  return distinct(own.flatMap((team) => servicesOf(owners, team)));
}
