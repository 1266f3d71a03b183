import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";

/** Whether an actor may edit what belongs to a service: for any of its teams; nobody's is an admin's. */
export function changesMayBeMade(actor: Actor, teams: readonly string[]): boolean {
  const asked = teams.length === 0 ? [null] : teams;
  return asked.some((team) => decide(actor, "edit", team) === "allow");
}
