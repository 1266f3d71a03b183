import { RequestError } from "#app/api/respond.ts";
import { requireIngest } from "#app/api/v1/ingest.ts";
import type { Db } from "#db/connection.ts";
import { type ExclusionRecord, readExclusion } from "#db/reads/exclusions.ts";
import { readInForce } from "#db/reads/names.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";
import { nearNames } from "#lib/alerts/near.ts";
import { type ToldTimes, timeMistakes } from "#lib/exclusions/mistakes.ts";
import { nearest } from "#lib/spec/suggest.ts";

/** The path of a route about one exclusion. */
export interface ExclusionParams {
  readonly exclusion: string;
}

/** An exclusion that the caller may change, and for which team. */
export interface Entered {
  readonly row: ExclusionRecord;
  readonly team: string | null;
}

/** Says so when there is none, when it was cancelled or a document says it; refuses whoever may not change it. */
export async function enterExclusion(db: Db, actor: Actor, segment: string): Promise<Entered> {
  const row = /^[1-9]\d{0,8}$/.test(segment) ? await readExclusion(db, Number(segment)) : null;
  if (!row) throw new RequestError(404, "unknown-exclusion", "There is no such exclusion.");
  const team = await requireIngest(db, actor, row.service);
  if (row.cancelledAt !== null) throw cancelled();
  if (row.documentPath !== null) throw fromDocument(row.documentPath);
  return { row, team };
}

export function cancelled(): RequestError {
  const message = "This exclusion was cancelled: its events count again. Tell of it anew.";
  return new RequestError(409, "cancelled", message);
}

/** It was reviewed where it stands, and would come back with the next reading. */
function fromDocument(path: string): RequestError {
  const message = `The document ${path} says this exclusion: change it there, or take it out.`;
  return new RequestError(409, "from-document", message);
}

/** What it is about must exist: a misspelt name would leave nothing out. */
export async function requireNamed(
  db: Db,
  { service, slo }: { readonly service: string; readonly slo: string | null },
): Promise<void> {
  const known = await readInForce(db);
  const own = known.filter((each) => each.service === service);
  if (own.length === 0) throw badField("service", unknownService(service, known));
  if (slo === null || own.some(({ name }) => name === slo)) return;
  const names = own.map(({ name }) => `${service}/${name}`);
  const near = nearNames(`${service}/${slo}`, names);
  throw badField("slo", `is no SLO of ${service}; did you mean ${near.join(", ")}?`);
}

function unknownService(service: string, known: readonly { readonly service: string }[]): string {
  const meant = nearest(service, [...new Set(known.map((each) => each.service))]);
  const hint = meant === null ? "write it as its SLO documents do" : `did you mean ${meant}?`;
  return `has no SLO in force; ${hint}`;
}

/**
 * Anyone who hands in facts may tell of a window; to take its events out of a budget lifts a freeze,
 * and that is an editor's word.
 */
export function requireExcluding(
  actor: Actor,
  { excluded, team }: { readonly excluded: boolean; readonly team: string | null },
): void {
  if (!excluded || decide(actor, "edit", team) === "allow") return;
  const message =
    "Leaving events out of a budget needs an editor of the team, or a token with the scope write. Send excluded: false to have the window drawn and counted apart.";
  throw new RequestError(403, "forbidden", message);
}

export function requireTimes(times: ToldTimes, now: number): void {
  const mistakes = timeMistakes(times, now);
  if (mistakes.length > 0) throw badBody(mistakes);
}

function badField(field: string, message: string): RequestError {
  return badBody([{ field, message }]);
}

function badBody(details: RequestError["details"]): RequestError {
  return new RequestError(422, "bad-body", "The body has fields that cannot be used.", details);
}
