import type { z } from "zod";
import type { askBody } from "#app/_data/policy/shapes.ts";
import { require } from "#app/api/guard.ts";
import { badField, requireEditor } from "#app/api/incidents/door.ts";
import { RequestError } from "#app/api/respond.ts";
import type { Db } from "#db/connection.ts";
import { readException } from "#db/reads/exceptions.ts";
import { readServiceSlos } from "#db/reads/names.ts";
import { readScopeTeams, type Scope } from "#db/reads/scope.ts";
import type { Actor } from "#lib/access/actor.ts";
import type { PolicyException } from "#lib/policy/exception.ts";

/** The path of a route about one exception. */
export interface ExceptionParams {
  readonly exception: string;
}

/** An exception that the caller may edit; says so when there is none. */
export async function enterException(
  db: Db,
  actor: Actor,
  segment: string,
): Promise<PolicyException> {
  const id = idOf(segment);
  const found = id === null ? null : await readException(db, id);
  if (!found) throw unknownException();
  await requireScopeEditor(db, actor, found);
  return found;
}

/** Refuses whoever may not edit for what an exception is about. */
export async function requireScopeEditor(db: Db, actor: Actor, scope: Scope): Promise<void> {
  const [team = null] = scope.slo === null ? [] : await readScopeTeams(db, scope);
  await requireOwner(db, actor, { service: scope.service, team });
}

/**
 * Refuses whoever may not decide: one for a whole service lets every team's SLOs through, so it needs
 * somebody who edits for all of them.
 */
export async function requireDecider(db: Db, actor: Actor, scope: Scope): Promise<void> {
  for (const team of await readScopeTeams(db, scope)) require(actor, "edit", team);
}

interface Owned {
  readonly service: string;
  readonly team: string | null;
}

/** What is about one SLO is its own team's; about a service, or an SLO of no team, any of the service's teams'. */
export async function requireOwner(db: Db, actor: Actor, { service, team }: Owned): Promise<void> {
  if (team === null) await requireEditor(db, actor, service);
  else require(actor, "edit", team);
}

/** The number that a path names; null for what is none of ours. */
export function idOf(segment: string): number | null {
  return /^[1-9]\d{0,8}$/.test(segment) ? Number(segment) : null;
}

export function unknownException(): RequestError {
  return new RequestError(404, "unknown-exception", "There is no such exception.");
}

/** What is asked for must exist: an exception for a misspelt name would let nothing through. */
export async function requireScope(db: Db, asked: z.output<typeof askBody>): Promise<void> {
  const { service, slo, follows } = asked;
  const names = await readServiceSlos(db, service);
  if (names.length === 0) {
    throw badField("service", "has no SLO in force; write it as its SLO documents do");
  }
  if (slo !== null && !names.includes(slo)) {
    throw badField("slo", `is no SLO of ${service}; it has ${names.join(", ")}`);
  }
  if (follows === null) return;
  const earlier = await readException(db, follows);
  if (earlier?.service !== service) {
    throw badField("follows", "is no earlier exception of this service");
  }
}
