import { and, asc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { apiTokens, policyExceptions, slos } from "#db/schema/index.ts";
import { type AuditEntry, type By, writeAudit } from "#db/writes/audit.ts";
import { writeNotices } from "#db/writes/notices.ts";
import { type Actor, actorIdentity, actorName } from "#lib/access/actor.ts";
import { exceptionState, MAX_EXCEPTION_MS, type PolicyException } from "#lib/policy/exception.ts";
import { expiryNoticeAt } from "#lib/policy/expiry.ts";

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
    await writeAudit(tx, by, { action, ...(await subjectOf(tx, row)) });
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

/** The audit row, and the notice to whoever is to hear of it. */
async function tell(
  tx: Db,
  by: By,
  row: Row,
  entry: Pick<AuditEntry, "action" | "after">,
): Promise<void> {
  const { subject, team } = await subjectOf(tx, row);
  await writeAudit(tx, by, { ...entry, subject, team });
  const kind = row.decision === null ? "exception-asked" : "exception-decided";
  await writeNotices(tx, [{ ...noticeOf(row), kind, key: `${kind}:${row.id}`, at: by.at, team }]);
}

/** What every notice of an exception says of it. */
function noticeOf(row: Row) {
  const { service, slo, environment, expiresAt, decision, justification } = row;
  const said = { service, slo, environment, expiresAt, decision, justification };
  return { ...said, exception: row.id, askedBy: row.askedByName };
}

/** Tells of each exception in force that will end soon, once; how many. */
export async function tellExpiring(db: Db, now: number): Promise<number> {
  const { id, decision, endedAt, expiresAt } = policyExceptions;
  const untold = sql`not exists (select from notices
    where natural_key = ${EXPIRING} || ':' || ${id})`;
  const rows = await db
    .select()
    .from(policyExceptions)
    .where(and(eq(decision, "approved"), isNull(endedAt), gt(expiresAt, now), untold));
  const due = rows.filter((row) => expiryNoticeAt(row) <= now);
  for (const row of due) {
    const team = await teamOf(db, row);
    const key = `${EXPIRING}:${row.id}`;
    await db.transaction((tx) =>
      writeNotices(tx, [{ ...noticeOf(row), kind: EXPIRING, key, at: now, team }]),
    );
  }
  return due.length;
}

const EXPIRING = "exception-expiring";

async function subjectOf(db: Db, { id, service, slo }: Row) {
  return { subject: `exception:${id}`, team: await teamOf(db, { service, slo }) };
}

/** The team whose SLO it is; of a whole service the first that its SLOs name. */
async function teamOf(db: Db, { service, slo }: Pick<Row, "service" | "slo">) {
  const isOfSlo = slo === null ? undefined : eq(slos.name, slo);
  const [row] = await db
    .select({ team: slos.team })
    .from(slos)
    .where(and(eq(slos.service, service), isOfSlo, isNull(slos.retiredAt), isNotNull(slos.team)))
    .orderBy(asc(slos.team))
    .limit(1);
  return row?.team ?? null;
}

function loggable({ expiresAt, ...ask }: ExceptionAsk): Record<string, unknown> {
  return { ...ask, expiresAt: new Date(expiresAt).toISOString() };
}
