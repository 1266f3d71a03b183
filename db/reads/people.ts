import { and, asc, count, desc, gt, inArray, isNull, max } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { accounts, invitations, people, sessions, teamEditors } from "#db/schema/index.ts";
import { kindOf } from "#lib/access/origin.ts";

/** Someone who may sign in, or might once. */
interface PersonRecord {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
  readonly adminFrom: "hand" | "groups";
  /** Epoch ms; null for who may sign in. */
  readonly disabledAt: number | null;
  /** As better-auth names them: `credential` is a password. */
  readonly providers: readonly string[];
  readonly teams: readonly { readonly team: string; readonly origin: "hand" | "groups" }[];
  /** Signed in at so many browsers now. */
  readonly sessions: number;
  /** Epoch ms; null when no session is on record. */
  readonly lastSeenAt: number | null;
}

/** Everyone, by name. `now` is epoch ms: sessions that have run out do not count. */
export async function readPeople(db: Db, now: number): Promise<PersonRecord[]> {
  const rows = await db
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      admin: people.admin,
      adminFrom: people.adminFrom,
      disabledAt: people.disabledAt,
    })
    .from(people)
    .orderBy(asc(people.name), asc(people.email));
  const providers = Map.groupBy(await readProviders(db), ({ personId }) => personId);
  const teams = Map.groupBy(await readTeams(db), ({ personId }) => personId);
  const seen = new Map((await readLastSeen(db)).map((row) => [row.personId, row.at]));
  const open = new Map((await countSessions(db, now)).map((row) => [row.personId, row.open]));
  return rows.map((row) => ({
    ...row,
    adminFrom: kindOf(row.adminFrom),
    providers: (providers.get(row.id) ?? []).map(({ provider }) => provider),
    teams: (teams.get(row.id) ?? []).map(({ team, origin }) => ({ team, origin: kindOf(origin) })),
    sessions: open.get(row.id) ?? 0,
    lastSeenAt: seen.get(row.id)?.getTime() ?? null,
  }));
}

function readProviders(db: Db) {
  return db
    .select({ personId: accounts.userId, provider: accounts.providerId })
    .from(accounts)
    .orderBy(asc(accounts.providerId));
}

function readTeams(db: Db) {
  return db
    .select({
      personId: teamEditors.personId,
      team: teamEditors.team,
      origin: teamEditors.origin,
    })
    .from(teamEditors)
    .orderBy(asc(teamEditors.team), desc(teamEditors.origin));
}

function readLastSeen(db: Db) {
  return db
    .select({ personId: sessions.userId, at: max(sessions.updatedAt) })
    .from(sessions)
    .groupBy(sessions.userId);
}

function countSessions(db: Db, now: number) {
  return db
    .select({ personId: sessions.userId, open: count() })
    .from(sessions)
    .where(gt(sessions.expiresAt, new Date(now)))
    .groupBy(sessions.userId);
}

/** Who may sign in, by name. */
export function readNames(db: Db) {
  return db
    .select({ id: people.id, name: people.name, email: people.email })
    .from(people)
    .where(isNull(people.disabledAt))
    .orderBy(asc(people.name), asc(people.email));
}

interface OpenInvitation {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly admin: boolean;
  readonly teams: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Invitations and admin links that still work, newest first. */
export function readOpenInvitations(db: Db, now: number): Promise<OpenInvitation[]> {
  return db
    .select({
      id: invitations.id,
      email: invitations.email,
      name: invitations.name,
      admin: invitations.admin,
      teams: invitations.teams,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .where(
      and(
        inArray(invitations.kind, ["invite", "first-admin"]),
        isNull(invitations.usedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .orderBy(desc(invitations.createdAt), asc(invitations.id));
}
