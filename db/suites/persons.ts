import { asc, desc, eq, gt } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { audit, people, sessions, teamEditors } from "#db/schema/index.ts";
import type { By } from "#db/writes/audit.ts";
import { addPerson } from "#db/writes/people.ts";
import type { Origin } from "#lib/access/origin.ts";
import { DAY } from "#lib/time/duration.ts";

/** When all of it happens. */
export const T = Date.UTC(2026, 6, 1);

/** An admin who does things; the log names her, so she need not be stored. */
export const ADA: By = {
  actor: {
    kind: "person",
    id: "ada",
    name: "Ada",
    email: "ada@example.com",
    admin: true,
    editorOf: [],
  },
  address: "192.0.2.7",
  at: T,
};

interface Traits {
  readonly admin?: boolean;
  readonly adminFrom?: Origin;
  /** Teams that a group of the provider gives. */
  readonly groups?: readonly string[];
  /** Of those. */
  readonly origin?: Origin;
}

/** People by id, who sign in by password. */
export async function addPeople(db: Db, wanted: Readonly<Record<string, Traits>>): Promise<void> {
  for (const [id, traits] of Object.entries(wanted)) {
    const { admin = false, adminFrom = "hand", groups = [], origin = "groups" } = traits;
    const email = `${id}@example.com`;
    const person = { id, name: id, email, emailVerified: true, admin, passwordHash: `of ${id}` };
    await addPerson(db, { person, teams: [], at: T });
    if (adminFrom !== "hand") {
      await db.update(people).set({ adminFrom }).where(eq(people.id, id));
    }
    const rows = groups.map((team) => ({ personId: id, team, origin }));
    if (rows.length > 0) await db.insert(teamEditors).values(rows);
  }
}

interface SessionWanted {
  readonly personId: string;
  readonly id: string;
  readonly usedAt?: number;
  readonly expiresAt?: number;
}

export async function openSession(
  db: Db,
  { personId, id, usedAt = T, expiresAt = T + DAY }: SessionWanted,
): Promise<void> {
  const updatedAt = new Date(usedAt);
  await db.insert(sessions).values({
    id,
    token: `token of ${id}`,
    userId: personId,
    expiresAt: new Date(expiresAt),
    createdAt: updatedAt,
    updatedAt,
  });
}

/** The newest line of the log. */
export async function lastAudit(db: Db): Promise<number> {
  const [row] = await db.select({ id: audit.id }).from(audit).orderBy(desc(audit.id)).limit(1);
  return row?.id ?? 0;
}

export function auditSince(db: Db, id: number) {
  return db.select().from(audit).where(gt(audit.id, id)).orderBy(asc(audit.id));
}
