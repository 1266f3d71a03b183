import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { readScopeNow, readScopeTeams, type Scope } from "#db/reads/scope.ts";
import { policyExceptions } from "#db/schema/index.ts";
import { type AuditEntry, type By, writeAudit } from "#db/writes/audit.ts";
import { writeNotices } from "#db/writes/notices.ts";
import { toTeams } from "#lib/notices/teams.ts";
import { expiryNoticeAt } from "#lib/policy/expiry.ts";

type Row = typeof policyExceptions.$inferSelect;

/** The audit row, and a notice to each team that is to hear of it. */
export async function tell(
  tx: Db,
  by: By,
  row: Row,
  entry: Pick<AuditEntry, "action" | "after">,
): Promise<void> {
  const concerned = await concernedBy(tx, row);
  await writeAudit(tx, by, { ...entry, ...subjectOf(row, concerned) });
  const kind = row.decision === null ? "exception-asked" : "exception-decided";
  const notice = {
    ...noticeOf(row, concerned),
    kind,
    key: `${kind}:${row.id}`,
    at: by.at,
  } as const;
  await writeNotices(tx, toTeams(notice, concerned.teams));
}

/** Whom an exception concerns: what it is for, by its names of today, and whose that is. */
interface Concerned {
  readonly scope: Scope;
  readonly teams: readonly string[];
}

export async function concernedBy(db: Db, row: Row): Promise<Concerned> {
  const scope = await readScopeNow(db, row);
  return { scope, teams: await readScopeTeams(db, scope) };
}

/** What every notice of an exception says of it. */
function noticeOf(row: Row, { scope: { service, slo } }: Concerned) {
  const { environment, expiresAt, decision, justification } = row;
  const said = { service, slo, environment, expiresAt, decision, justification };
  return { ...said, exception: row.id, askedBy: row.askedByName, team: null };
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
    await db.transaction(async (tx) => {
      const concerned = await concernedBy(tx, row);
      const key = `${EXPIRING}:${row.id}`;
      const notice = { ...noticeOf(row, concerned), kind: EXPIRING, key, at: now } as const;
      await writeNotices(tx, toTeams(notice, concerned.teams));
    });
  }
  return due.length;
}

const EXPIRING = "exception-expiring";

/** The log has one team: of several the first by name. */
export function subjectOf({ id }: Row, { teams }: Concerned) {
  return { subject: `exception:${id}`, team: teams[0] ?? null };
}
