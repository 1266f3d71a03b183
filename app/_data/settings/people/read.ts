import type { PeopleView } from "#components/settings/people/view.ts";
import { wayIn } from "#components/settings/people/words.ts";
import { config } from "#config/current.ts";
import { type Db, store } from "#db/client.ts";
import { readOpenInvitations, readPeople } from "#db/reads/people.ts";
import { readCatalogTeams, readTeamEditors } from "#db/reads/teams.ts";
import type { Actor } from "#lib/access/actor.ts";

/** Everyone and every open invitation, from one snapshot. */
export async function readPeopleView(actor: Actor, now: number): Promise<PeopleView> {
  const { db } = await store();
  const names = providerNames();
  const read = async (tx: Db) => {
    const people = await readPeople(tx, now);
    return {
      people: people.map(({ providers, ...person }) => ({
        ...person,
        waysIn: providers.map((provider) => wayIn(provider, names)),
        self: actor.kind === "person" && actor.id === person.id,
      })),
      invitations: (await readOpenInvitations(tx, now)).map(({ createdAt: _made, ...row }) => row),
      teams: await readKnownTeams(tx),
      passwords: config().signIn.passwords,
    };
  };
  return db.transaction(read, { isolationLevel: "repeatable read", accessMode: "read only" });
}

/** What OIDC providers call themselves. */
export function providerNames(): Record<string, string> {
  return Object.fromEntries(config().signIn.oidc.map(({ id, name }) => [id, name ?? id]));
}

/** Teams of SLOs in force, and those that have editors. */
export async function readKnownTeams(db: Db): Promise<string[]> {
  const edited = (await readTeamEditors(db)).map(({ team }) => team);
  return [...new Set([...(await readCatalogTeams(db)), ...edited])].sort();
}
