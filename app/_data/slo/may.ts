import { readTeamsOf } from "#app/_data/dora/teams.ts";
import { store } from "#db/client.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";

/** Whether an actor may tell of maintenance and experiments of a service. */
export async function mayTellOf(actor: Actor, service: string): Promise<boolean> {
  const { db } = await store();
  const teams = await readTeamsOf(db, service);
  return [...teams, null].some((team) => decide(actor, "ingest", team) === "allow");
}
