import { eq } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { apiTokens, policyExceptions } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { concernedBy, subjectOf, tell } from "#db/writes/exceptionNotices.ts";
import { type Actor, actorIdentity, actorName } from "#lib/access/actor.ts";
import { exceptionState, MAX_EXCEPTION_MS, type PolicyException } from "#lib/policy/exception.ts";

/** What is asked for; times are epoch ms. */
export type ExceptionAsk = Pick<
  PolicyException,
  | "service"
  | "slo"
  | "environment"
  | "need"
  | "justification"
  | "risk"
  | "mitigations"
  | "expiresAt"
  | "follows"
>;

type Row = typeof policyExceptions.$inferSelect;

/** Asks for a way around a block: nothing is let through before another person approves it. */
export async function askException(
  db: Db,
  by: By,
  ask: ExceptionAsk,
): Promise<{ readonly id: number }> {
  const lastsMs = ask.expiresAt - by.at;
  if (!(lastsMs > 0 && lastsMs <= MAX_EXCEPTION_MS)) {
    throw new RangeError("an exception ends after it is asked for, and within 90 days");
  }
  return db.transaction(async (tx) => {
    const askedBy = await identityOf(tx, by.actor);
    const asked = { ...ask, askedBy, askedByName: actorName(by.actor), askedAt: by.at };
    const [row] = await tx.insert(policyExceptions).values(asked).returning();
    if (!row) throw new Error("the exception was not kept");
    await tell(tx, by, row, { action: "exception.asked", after: loggable(ask) });
    return { id: row.id };
  });
}

/** What a token asks for, whoever made the token asks for. */
async function identityOf(db: Db, actor: Actor): Promise<string> {
  if (actor.kind !== "token") return actorIdentity(actor);
  const { id, createdBy } = apiTokens;
  const [row] = await db.select({ createdBy }).from(apiTokens).where(eq(id, actor.id));
  return row?.createdBy ?? actorIdentity(actor);
}

/**
 * What became of a decision: made; there is no such exception; it is the decider's own; it is decided
 * already; it is withdrawn or its time is over; the decider is no person who is signed in.
 */
export type Decided = "done" | "not-found" | "own" | "decided" | "over" | "no-person";

export interface Decision {
  readonly id: number;
  readonly decision: "approved" | "rejected";
  readonly note: string | null;
}

/** Approves or rejects. Of several who decide at once, one does. */
export function decideException(
  db: Db,
  by: By,
  { id, decision, note }: Decision,
): Promise<Decided> {
  return change(db, id, async (tx, row) => {
    const hindrance = decisionHindrance(row, by);
    if (hindrance) return hindrance;
    const decidedBy = actorIdentity(by.actor);
    const decided = { decision, decidedBy, decidedByName: actorName(by.actor), decidedAt: by.at };
    const set = { ...decided, decisionNote: note };
    await tx.update(policyExceptions).set(set).where(eq(policyExceptions.id, id));
    await tell(tx, by, { ...row, ...set }, { action: `exception.${decision}`, after: { note } });
    return "done";
  });
}

function decisionHindrance(row: Row, { actor, at }: By): Exclude<Decided, "done"> | null {
  if (actor.kind !== "person") return "no-person";
  if (row.askedBy === actorIdentity(actor)) return "own";
  if (row.decision !== null) return "decided";
  return exceptionState(row, at) === "asked" ? null : "over";
}

/** Withdraws one that waits for its decision, revokes one in force; `over`: it is neither any more. */
export function endException(db: Db, by: By, id: number): Promise<"done" | "not-found" | "over"> {
  return change(db, id, async (tx, row) => {
    const state = exceptionState(row, by.at);
    if (state !== "asked" && state !== "in-force") return "over";
    const set = { endedAt: by.at, endedByName: actorName(by.actor) };
    await tx.update(policyExceptions).set(set).where(eq(policyExceptions.id, id));
    const action = state === "asked" ? "exception.withdrawn" : "exception.revoked";
    await writeAudit(tx, by, { action, ...subjectOf(row, await concernedBy(tx, row)) });
    return "done";
  });
}

/** Works on the row while others wait. */
function change<Result>(
  db: Db,
  id: number,
  work: (tx: Db, row: Row) => Promise<Result>,
): Promise<Result | "not-found"> {
  return db.transaction(async (tx) => {
    const isOf = eq(policyExceptions.id, id);
    const [row] = await tx.select().from(policyExceptions).where(isOf).for("update");
    return row ? work(tx, row) : "not-found";
  });
}

function loggable({ expiresAt, ...ask }: ExceptionAsk): Record<string, unknown> {
  return { ...ask, expiresAt: new Date(expiresAt).toISOString() };
}
