import { eq } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { incidents } from "#db/schema/index.ts";
import type { By } from "#db/writes/audit.ts";
import { type IncidentNote, type IncidentRow, lockIncident } from "#db/writes/incidents.ts";
import { actorName } from "#lib/access/actor.ts";

/** An incident as somebody saw it who wants to change it, and whose it is. */
export interface Seen {
  readonly id: string;
  /** Its `updatedAt` when it was seen; another one means that somebody else was quicker. */
  readonly updatedAt: number;
  readonly team: string | null;
}

export type Edited =
  | { readonly outcome: "done"; readonly updatedAt: number }
  | { readonly outcome: "changed" }
  | { readonly outcome: "gone" };

interface Changing {
  readonly seen: Seen;
  /** Does what belongs to it, and gives the columns to set; null when there is nothing to change. */
  readonly change: (
    tx: Db,
    row: IncidentRow,
  ) => Promise<Partial<typeof incidents.$inferInsert> | null>;
}

/** One change of an incident that nobody else has changed since it was seen; all of it or nothing. */
export function changeIncident(db: Db, by: By, { seen, change }: Changing): Promise<Edited> {
  return db.transaction(async (tx) => {
    const row = await lockIncident(tx, seen.id);
    if (!row) return { outcome: "gone" };
    if (row.updatedAt !== seen.updatedAt) return { outcome: "changed" };
    const set = await change(tx, row);
    if (!set) return { outcome: "done", updatedAt: row.updatedAt };
    // Two changes within a millisecond are two all the same.
    const updatedAt = Math.max(by.at, row.updatedAt + 1);
    await tx
      .update(incidents)
      .set({ ...set, updatedAt })
      .where(eq(incidents.id, seen.id));
    return { outcome: "done", updatedAt };
  });
}

/** An entry of an incident's timeline, in its author's name. */
export function noteBy(
  { actor }: By,
  incidentId: string,
  told: Pick<IncidentNote, "kind" | "at" | "text">,
): IncidentNote {
  return { incidentId, ...told, byName: actorName(actor) };
}

/** What the audit log calls an incident. */
export function subjectOf(id: string): string {
  return `incident:${id}`;
}
