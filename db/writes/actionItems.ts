import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import type { ActionItem, ReviewKey } from "#db/reads/reviews.ts";
import { actionItems } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { actorName } from "#lib/access/actor.ts";

/** What a person writes of an action item. */
export type ActionWords = Pick<ActionItem, "text" | "owner" | "due">;

/** Adds an action item to a review, also to a published one: what is asked for goes on. */
export async function addAction(
  db: Db,
  by: By,
  { month, team, text, owner, due }: ReviewKey & ActionWords,
): Promise<ActionItem> {
  return db.transaction(async (tx) => {
    const values = { id: randomUUID(), month, team, text, owner, due };
    const made = { createdBy: actorName(by.actor), createdAt: by.at };
    const [item] = await tx
      .insert(actionItems)
      .values({ ...values, ...made })
      .returning();
    if (!item) throw new Error("the action item was not kept");
    const after = { text, owner, due, month };
    await writeAudit(tx, by, { action: "action-item.created", ...subjectOf(item), after });
    return item;
  });
}

export interface ActionChange extends Partial<ActionWords> {
  readonly id: string;
  readonly team: string;
  readonly done?: boolean | undefined;
}

/** Changes what is given; null when the team has none with this id. */
export async function changeAction(
  db: Db,
  by: By,
  given: ActionChange,
): Promise<ActionItem | null> {
  if (given.id.includes("\0")) return null; // PostgreSQL refuses such a text.
  return db.transaction(async (tx) => {
    const isOf = and(eq(actionItems.id, given.id), eq(actionItems.team, given.team));
    const [before] = await tx.select().from(actionItems).where(isOf).for("update");
    if (!before) return null;
    const set = { ...written(given, before), ...doneOf(by, given, before) };
    const [after = before] = await tx.update(actionItems).set(set).where(isOf).returning();
    await writeAudit(tx, by, {
      action: "action-item.changed",
      ...subjectOf(before),
      before: logged(before),
      after: logged(after),
    });
    return after;
  });
}

function written({ text, owner, due }: ActionChange, before: ActionItem): ActionWords {
  return {
    text: text ?? before.text,
    owner: owner === undefined ? before.owner : owner,
    due: due === undefined ? before.due : due,
  };
}

/** Who said first that it is done stays. */
function doneOf(by: By, { done }: ActionChange, { doneAt, doneBy }: ActionItem) {
  if (done === undefined || done === (doneAt !== null)) return { doneAt, doneBy };
  return done ? { doneAt: by.at, doneBy: actorName(by.actor) } : { doneAt: null, doneBy: null };
}

function subjectOf({ id, team }: ActionItem) {
  return { subject: `action-item:${id}`, team: team === "" ? null : team };
}

function logged({ text, owner, due, doneAt }: ActionItem) {
  return { text, owner, due, doneAt };
}
