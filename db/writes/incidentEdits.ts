import type { Db } from "#db/connection.ts";
import { incidents } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import {
  changeIncident,
  type Edited,
  noteBy,
  type Seen,
  subjectOf,
} from "#db/writes/incidentChange.ts";
import {
  changedFields,
  type IncidentFields,
  lastTold,
  loggable,
  sameOf,
  TOLD_FIELDS,
  type ToldField,
} from "#db/writes/incidentFields.ts";
import { type IncidentNote, type IncidentRow, note } from "#db/writes/incidents.ts";

export type NewIncident = Pick<IncidentRow, "id" | ToldField>;

/** Opens an incident by hand. */
export async function openIncident(
  db: Db,
  by: By,
  { incident, team }: { readonly incident: NewIncident; readonly team: string | null },
): Promise<void> {
  const { id, ...fields } = incident;
  await db.transaction(async (tx) => {
    const made = { origin: "hand" as const, createdAt: by.at, updatedAt: by.at };
    await tx.insert(incidents).values({ ...incident, ...made });
    await note(tx, [
      noteBy(by, id, { kind: "opened", at: incident.startedAt, text: "Opened" }),
      ...turns(by, { id, resolvedAt: null }, incident),
    ]);
    const entry = { action: "incident.opened", subject: subjectOf(id), team };
    await writeAudit(tx, by, { ...entry, after: loggable(fields) });
  });
}

/** Sets fields. What is another than it was counts as set by hand, and its source keeps off it. */
export function editIncident(
  db: Db,
  by: By,
  { seen, fields }: { readonly seen: Seen; readonly fields: Partial<IncidentFields> },
): Promise<Edited> {
  return changeIncident(db, by, {
    seen,
    change: async (tx, row) => {
      const changed = changedFields(row, fields);
      if (Object.keys(changed).length === 0) return null;
      await note(tx, turns(by, row, changed));
      await writeAudit(tx, by, {
        action: actionOf(row, changed),
        subject: subjectOf(row.id),
        team: seen.team,
        before: loggable(sameOf(row, changed)),
        after: loggable(changed),
      });
      return { ...changed, byHand: byHandWith(row, changed) };
    },
  });
}

function byHandWith({ byHand }: IncidentRow, changed: Partial<IncidentFields>): string[] {
  const set = TOLD_FIELDS.filter((key) => key in changed).map((key) => incidents[key].name);
  return [...new Set([...byHand, ...set])].sort();
}

type End = Pick<IncidentRow, "id" | "resolvedAt">;

/** Resolved or reopened: what becomes an entry of the timeline. */
function turns(by: By, row: End, { resolvedAt }: Partial<IncidentFields>): IncidentNote[] {
  if (resolvedAt === undefined || (resolvedAt === null) === (row.resolvedAt === null)) return [];
  return resolvedAt === null
    ? [noteBy(by, row.id, { kind: "reopened", at: by.at, text: "Reopened" })]
    : [noteBy(by, row.id, { kind: "resolved", at: resolvedAt, text: "Resolved" })];
}

function actionOf(row: IncidentRow, { resolvedAt }: Partial<IncidentFields>): string {
  if (resolvedAt === null) return "incident.reopened";
  if (resolvedAt !== undefined && row.resolvedAt === null) return "incident.resolved";
  return "incident.changed";
}

/** Gives a field back to its source: it is what that said last, and follows it again. */
export function handBack(
  db: Db,
  by: By,
  { seen, field }: { readonly seen: Seen; readonly field: ToldField },
): Promise<Edited> {
  const { name } = incidents[field];
  return changeIncident(db, by, {
    seen,
    change: async (tx, row) => {
      if (!row.byHand.includes(name)) return null;
      const told = lastTold(row);
      const restored = field in told ? { [field]: told[field] } : {};
      await note(tx, turns(by, row, changedFields(row, restored)));
      const entry = { action: "incident.handed-back", subject: subjectOf(row.id), team: seen.team };
      await writeAudit(tx, by, { ...entry, after: { field, ...loggable(restored) } });
      return { ...restored, byHand: row.byHand.filter((each) => each !== name) };
    },
  });
}

export interface NewNote {
  readonly id: string;
  readonly team: string | null;
  readonly at: number;
  readonly text: string;
}

/** Adds a note to the timeline. It changes nothing else, so whoever writes it need not have seen the newest. */
export async function addNote(db: Db, by: By, { id, team, at, text }: NewNote): Promise<void> {
  await db.transaction(async (tx) => {
    await note(tx, [noteBy(by, id, { kind: "note", at, text })]);
    const entry = { action: "incident.noted", subject: subjectOf(id), team };
    await writeAudit(tx, by, { ...entry, after: { at: new Date(at).toISOString(), text } });
  });
}
