import { and, asc, eq, isNull } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { people } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { closeResets } from "#db/writes/inviting.ts";
import { endSessions } from "#db/writes/people.ts";
import { comesBack } from "#lib/access/origin.ts";

/** What of a person an admin changes; what is left out stays. */
export interface RoleChange {
  readonly admin?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

/** `last-admin`: nobody could manage people any more; `from-groups`: the provider would give it back. */
export type RoleOutcome = "done" | "unknown" | "last-admin" | "from-groups";

interface Wanted extends RoleChange {
  readonly personId: string;
  /** Ids of the providers that make admins by group. */
  readonly makingAdmins: readonly string[];
}

type PersonRow = typeof people.$inferSelect;

/** Makes an admin or takes that away, lets in or shuts out. Changes of admins take turns, so that one is left. */
export function changeRole(
  db: Db,
  by: By,
  { personId, makingAdmins, ...change }: Wanted,
): Promise<RoleOutcome> {
  return db.transaction(async (tx) => {
    const admins = await lockAdmins(tx);
    const [person] = await tx.select().from(people).where(eq(people.id, personId)).for("update");
    if (!person) return "unknown";
    const returns = person.admin && comesBack(person.adminFrom, makingAdmins);
    if (change.admin === false && returns) return "from-groups";
    const loses = change.admin === false || change.disabled === true;
    if (loses && admins.length === 1 && admins[0] === personId) return "last-admin";
    if (change.admin !== undefined) await setAdmin(tx, by, { person, admin: change.admin });
    if (change.disabled !== undefined) {
      await setDisabled(tx, by, { person, disabled: change.disabled });
    }
    return "done";
  });
}

/** Always in the same order, so that two who do this wait for each other and not in a ring. */
async function lockAdmins(tx: Db): Promise<string[]> {
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(people.admin, isNull(people.disabledAt)))
    .orderBy(asc(people.id))
    .for("update");
  return rows.map(({ id }) => id);
}

interface AdminChange {
  readonly person: PersonRow;
  readonly admin: boolean;
}

async function setAdmin(tx: Db, by: By, { person, admin }: AdminChange): Promise<void> {
  if (person.admin === admin) return;
  await tx
    .update(people)
    .set({ admin, adminFrom: "hand", updatedAt: new Date(by.at) })
    .where(eq(people.id, person.id));
  await writeAudit(tx, by, {
    action: admin ? "person.made-admin" : "person.unmade-admin",
    subject: `person:${person.email}`,
    before: { admin: person.admin },
    after: { admin },
  });
}

interface DisabledChange {
  readonly person: PersonRow;
  readonly disabled: boolean;
}

/** Who is shut out is signed out too, and no link that is still about lets them in. */
async function setDisabled(tx: Db, by: By, { person, disabled }: DisabledChange): Promise<void> {
  if ((person.disabledAt !== null) === disabled) return;
  await tx
    .update(people)
    .set({ disabledAt: disabled ? by.at : null, updatedAt: new Date(by.at) })
    .where(eq(people.id, person.id));
  const ended = disabled ? await endSessions(tx, person.id) : 0;
  if (disabled) await closeResets(tx, person.id, by.at);
  await writeAudit(tx, by, {
    action: disabled ? "person.disabled" : "person.enabled",
    subject: `person:${person.email}`,
    ...(disabled ? { after: { sessionsEnded: ended } } : {}),
  });
}
