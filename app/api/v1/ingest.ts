import { z } from "zod";
import { readTeamsOf } from "#app/_data/dora/teams.ts";
import { require } from "#app/api/guard.ts";
import { moment } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";
import type { Db } from "#db/connection.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** How far a sender's clock may be ahead of ours. */
const AHEAD_MS = 5 * MINUTE;

/** One line of text, as names and titles are. */
export const line = (longest: number) =>
  z
    .string("must be a text")
    .trim()
    .min(1, "must not be empty")
    .max(longest, `may have at most ${longest} characters`)
    .regex(/^\P{C}*$/u, "must be one line, without control characters");

export const link = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" });

export const commitSha = z
  .string("must be a text")
  .regex(/^[0-9a-f]{7,64}$/i, "must be a commit's sha, 7 to 64 hexadecimal digits")
  .toLowerCase();

/** A moment that has been, by a clock that may be a little ahead. */
export const pastMoment = moment.refine((at) => at <= Date.now() + AHEAD_MS, {
  error: "lies in the future; check the sender's clock",
});

/** The team for which an actor may hand in what concerns a service; refuses it otherwise. */
export async function requireIngest(db: Db, actor: Actor, service: string): Promise<string | null> {
  const teams = await readTeamsOf(db, service);
  const own = teams.find((team) => decide(actor, "ingest", team) === "allow");
  if (own !== undefined) return own;
  const [team = null] = teams;
  if (actor.kind === "token" && actor.team !== null && decide(actor, "ingest") === "allow") {
    throw new RequestError(403, "forbidden", refusal({ service, team, own: actor.team }));
  }
  require(actor, "ingest", team);
  return team;
}

function refusal(of: { service: string; team: string | null; own: string }): string {
  const { service, team, own } = of;
  const whose =
    team === null
      ? `No team is known for the service ${service}: name its team in an SLO document or under services in plimsoll.yaml`
      : `The service ${service} belongs to the team ${team}`;
  return `${whose}. This token hands in for the team ${own} alone.`;
}
