import { readOwners, teamsOf } from "#app/_data/dora/teams.ts";
import { readServices } from "#app/_data/incidents/services.ts";
import { type IncidentTimes, timeMistakes } from "#app/_data/incidents/times.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { require } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import type { Db } from "#db/connection.ts";
import { type IncidentRecord, readIncident } from "#db/reads/incidents.ts";
import type { Edited, Seen } from "#db/writes/incidentChange.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";

/** The path of a route about one incident. */
export interface IncidentParams {
  readonly incident: string;
}

/** An incident that the caller may edit, and for which team. */
export interface Entered {
  readonly row: IncidentRecord;
  readonly team: string | null;
}

/** Refuses whoever may not edit it; says so when there is none. */
export async function enterIncident(db: Db, actor: Actor, segment: string): Promise<Entered> {
  const row = await readIncident(db, decoded(segment));
  if (!row) throw unknownIncident();
  return { row, team: await requireEditor(db, actor, row.service) };
}

/** The team of a service for which the caller may edit; refuses it otherwise. */
export async function requireEditor(db: Db, actor: Actor, service: string): Promise<string | null> {
  const teams = teamsOf(await readOwners(db), service);
  const own = teams.find((team) => decide(actor, "edit", team) === "allow");
  if (own !== undefined) return own;
  const [team = null] = teams;
  require(actor, "edit", team);
  return team;
}

/** What a change is made of: who saw what. A version that is no longer the newest is refused at once. */
export function seenOf({ row, team }: Entered, updatedAt: number): Seen {
  if (row.updatedAt !== updatedAt) throw changedMeanwhile();
  return { id: row.id, updatedAt, team };
}

/** The answer to a change that was made; throws for one that was not. */
export function answerOf(edited: Edited): { readonly updatedAt: number } {
  if (edited.outcome === "gone") throw unknownIncident();
  if (edited.outcome === "changed") throw changedMeanwhile();
  return { updatedAt: edited.updatedAt };
}

export async function requireService(db: Db, service: string): Promise<void> {
  if ((await readServices(db)).includes(service)) return;
  throw badField("service", "is no service that we know; write it as its SLO documents do");
}

export function requireOrder(times: IncidentTimes, given: ReadonlySet<string>): void {
  const mistakes = timeMistakes(times, given);
  if (mistakes.length > 0) throw badBody(mistakes);
}

export function badField(field: string, message: string): RequestError {
  return badBody([{ field, message }]);
}

function badBody(details: ConstructorParameters<typeof RequestError>[3]): RequestError {
  return new RequestError(422, "bad-body", "The body has fields that cannot be used.", details);
}

function unknownIncident(): RequestError {
  return new RequestError(404, "unknown-incident", "There is no such incident.");
}

function changedMeanwhile(): RequestError {
  return new RequestError(
    409,
    "changed-meanwhile",
    "This incident was changed after you opened it. Copy what you wrote, load the page anew, and change it again.",
  );
}
