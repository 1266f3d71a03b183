import type { Db } from "#db/connection.ts";
import {
  type AuditCursor,
  type AuditFilter,
  type AuditRow,
  countAudit,
  readAudit,
} from "#db/reads/audit.ts";
import { type Cell, csvLine } from "#lib/csv/csv.ts";

const CHUNK_ROWS = 1_000;

const COLUMNS = [
  "at",
  "actor",
  "actor_kind",
  "actor_id",
  "action",
  "subject",
  "team",
  "before",
  "after",
  "address",
  "id",
] as const;

export interface AuditCsv {
  readonly stream: ReadableStream<Uint8Array>;
  /** Whether rows beyond the most were left out. */
  readonly cut: boolean;
}

/**
 * The rows of a filter as CSV, newest first, read in chunks as they are sent: however long the log, a
 * thousand rows are in memory. After `most` rows the last line says that there are more.
 */
export async function auditCsv(db: Db, filter: AuditFilter, most: number): Promise<AuditCsv> {
  const cut = (await countAudit(db, filter, most + 1)) > most;
  const lines = chunks(db, filter, most);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (!done) controller.enqueue(encoder.encode(value));
      else {
        if (cut) controller.enqueue(encoder.encode(cutLine(most)));
        controller.close();
      }
    },
  });
  return { stream, cut };
}

async function* chunks(db: Db, filter: AuditFilter, most: number): AsyncGenerator<string, void> {
  yield csvLine([...COLUMNS]);
  let after: AuditCursor | undefined;
  for (let left = most; left > 0; ) {
    const limit = Math.min(left, CHUNK_ROWS);
    const rows = await readAudit(db, filter, { limit, ...(after ? { after } : {}) });
    if (rows.length > 0) yield rows.map((row) => csvLine(cellsOf(row))).join("");
    if (rows.length < limit) return;
    after = rows.at(-1);
    left -= rows.length;
  }
}

function cellsOf(row: AuditRow): Cell[] {
  const at = new Date(row.at).toISOString();
  const { actorName, actorKind, actorId, action, subject, team, address, id } = row;
  const facts = [json(row.before), json(row.after)];
  return [at, actorName, actorKind, actorId, action, subject, team, ...facts, address, id];
}

function json(facts: Record<string, unknown> | null): string | null {
  return facts === null ? null : JSON.stringify(facts);
}

/** In a row of its own, so that nobody takes a part for the whole. */
function cutLine(most: number): string {
  const words = `Cut after ${most} rows: narrow the filter to get the older ones.`;
  return csvLine([null, words, ...COLUMNS.slice(2).map(() => null)]);
}
