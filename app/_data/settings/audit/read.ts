import { type FieldChange, fieldChanges } from "#app/_data/settings/audit/changes.ts";
import { type AskedFilter, askedCursor, askedFilter } from "#app/_data/settings/audit/filter.ts";
import type { Db } from "#db/connection.ts";
import { type AuditCursor, type AuditRow, countAudit, readAudit } from "#db/reads/audit.ts";

const PAGE_ROWS = 50;
/** A CSV has at most so many rows. */
export const MOST_ROWS = 100_000;

export interface AuditEntryView {
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  readonly actor: string;
  readonly actorKind: AuditRow["actorKind"];
  readonly action: string;
  readonly subject: string;
  readonly team: string | null;
  readonly address: string | null;
  readonly changes: readonly FieldChange[];
}

export interface AuditView extends Pick<AskedFilter, "fields" | "mistakes"> {
  readonly entries: readonly AuditEntryView[];
  /** Where older entries begin; null on the last page. */
  readonly older: AuditCursor | null;
  readonly isNewest: boolean;
  /** How many match, counted no further than one more than a CSV holds. */
  readonly matching: number;
}

/** The audit page that an address asks for. */
export async function readAuditView(db: Db, address: URLSearchParams): Promise<AuditView> {
  const { fields, filter, mistakes } = askedFilter(address);
  const after = askedCursor(address);
  const isNewest = after === null;
  if (Object.keys(mistakes).length > 0) {
    return { fields, mistakes, entries: [], older: null, isNewest, matching: 0 };
  }
  const page = { limit: PAGE_ROWS + 1, ...(after ? { after } : {}) };
  const rows = await readAudit(db, filter, page);
  const shown = rows.slice(0, PAGE_ROWS);
  const last = rows.length > PAGE_ROWS ? shown.at(-1) : undefined;
  return {
    fields,
    mistakes,
    entries: shown.map(entryOf),
    older: last ? { at: last.at, id: last.id } : null,
    isNewest,
    matching: await countAudit(db, filter, MOST_ROWS + 1),
  };
}

function entryOf({ before, after, actorName, actorId: _id, ...row }: AuditRow): AuditEntryView {
  return { ...row, actor: actorName, changes: fieldChanges(before, after) };
}
