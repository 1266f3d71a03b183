import { randomUUID } from "node:crypto";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { type InvitationKind, invitations, people } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { type Invitation, openAt } from "#db/writes/invitations.ts";
import { SYSTEM } from "#lib/access/actor.ts";
import { DAY } from "#lib/time/duration.ts";

/** How long a link works. */
const LASTS_MS: Readonly<Record<InvitationKind, number>> = {
  "first-admin": DAY,
  invite: 7 * DAY,
  reset: DAY,
};

/** Any number of our own, beside those of the migrations and the catalog. */
const FIRST_ADMIN_LOCK = 7_546_765_503;

export interface NewInvitation {
  readonly kind: InvitationKind;
  /** SHA-256 of the link's token, hex. */
  readonly tokenHash: string;
  /** Null where whoever has the link chooses. */
  readonly email: string | null;
  readonly name: string | null;
  readonly admin: boolean;
  readonly teams: readonly string[];
  /** Whose password a `reset` sets. */
  readonly personId: string | null;
}

/**
 * Adds a link; an older open one for the same e-mail and purpose stops working, and an older admin
 * link, whoever it was meant for. Null for an `invite`
 * whose e-mail is a person's already.
 */
export function createInvitation(
  db: Db,
  by: By,
  wanted: NewInvitation,
): Promise<Invitation | null> {
  const email = wanted.email?.toLowerCase() ?? null;
  return db.transaction(async (tx) => {
    if (wanted.kind === "invite" && email !== null && (await isTaken(tx, email))) return null;
    await replaceOlder(tx, by, { kind: wanted.kind, email });
    const made = await insert(tx, { ...wanted, email, by });
    const { admin, teams, expiresAt } = made;
    await writeAudit(tx, by, {
      action: wanted.kind === "reset" ? "person.reset-link-made" : "invitation.created",
      subject: subjectOf(made),
      after: wanted.kind === "reset" ? { expiresAt } : { admin, teams, expiresAt },
    });
    return made;
  });
}

/**
 * While no admin can sign in: a link for whoever set Plimsoll up, which replaces the one made before.
 * Null once there is one. Processes that start together take turns.
 */
export function firstAdminInvitation(
  db: Db,
  now: number,
  tokenHash: string,
): Promise<Invitation | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${FIRST_ADMIN_LOCK})`);
    const [admin] = await tx
      .select({ id: people.id })
      .from(people)
      .where(and(people.admin, isNull(people.disabledAt)))
      .limit(1);
    if (admin) return null;
    const by = { actor: SYSTEM, address: null, at: now };
    return createInvitation(tx, by, {
      kind: "first-admin",
      tokenHash,
      email: null,
      name: null,
      admin: true,
      teams: [],
      personId: null,
    });
  });
}

/** Takes an open invitation back; null when none of that id works any more. */
export function revokeInvitation(db: Db, by: By, id: string): Promise<Invitation | null> {
  return db.transaction(async (tx) => {
    const [gone] = await close(tx, by.at, eq(invitations.id, id));
    if (!gone) return null;
    await writeAudit(tx, by, { action: "invitation.revoked", subject: subjectOf(gone) });
    return gone;
  });
}

/** No link may set this person's password any more. */
export async function closeResets(db: Db, personId: string, at: number): Promise<void> {
  await close(db, at, and(of("reset"), eq(invitations.personId, personId)));
}

/** Of admin links there is one at a time: they name nobody. */
async function replaceOlder(
  tx: Db,
  by: By,
  { kind, email }: Pick<NewInvitation, "kind" | "email">,
): Promise<void> {
  if (email === null && kind !== "first-admin") return;
  const same = kind === "first-admin" ? undefined : eq(invitations.email, email ?? "");
  for (const gone of await close(tx, by.at, and(of(kind), same))) {
    const action = kind === "reset" ? "person.reset-link-replaced" : "invitation.replaced";
    await writeAudit(tx, by, { action, subject: subjectOf(gone) });
  }
}

function close(db: Db, at: number, which: SQL | undefined): Promise<Invitation[]> {
  return db
    .update(invitations)
    .set({ revokedAt: at })
    .where(and(which, openAt(at)))
    .returning();
}

async function insert(
  db: Db,
  { by, teams, ...wanted }: NewInvitation & { readonly by: By },
): Promise<Invitation> {
  const [made] = await db
    .insert(invitations)
    .values({
      ...wanted,
      id: randomUUID(),
      teams: [...new Set(teams)].sort(),
      createdBy: "id" in by.actor ? by.actor.id : null,
      createdAt: by.at,
      expiresAt: by.at + LASTS_MS[wanted.kind],
    })
    .returning();
  if (!made) throw new Error("an invitation was not stored");
  return made;
}

async function isTaken(db: Db, email: string): Promise<boolean> {
  const [known] = await db.select({ id: people.id }).from(people).where(eq(people.email, email));
  return known !== undefined;
}

function of(kind: InvitationKind): SQL {
  return eq(invitations.kind, kind);
}

function subjectOf({ kind, email, id }: Invitation): string {
  return kind === "reset" ? `person:${email}` : `invitation:${email ?? id}`;
}
