import { and, eq, isNull, or } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { incidents, owedItems } from "#db/schema/index.ts";
import type { By } from "#db/writes/audit.ts";
import { reopenOwed, settleOwed } from "#db/writes/owed.ts";
import { actorName, SYSTEM } from "#lib/access/actor.ts";
import { settledBy } from "#lib/policy/settled.ts";

/**
 * Takes off each postmortem whose incident has one now, was merged into another, or was withdrawn; and
 * puts on again what was taken off for an incident that counts again.
 */
export async function settleByIncidents(db: Db, by: By): Promise<void> {
  const { id, incidentId, kind, doneAt, doneByName, doneUrl } = owedItems;
  const { postmortemUrl, mergedInto, withdrawnAt } = incidents;
  const byItself = and(eq(doneByName, actorName(SYSTEM)), isNull(doneUrl));
  const rows = await db
    .select({ id, doneAt, incident: { postmortemUrl, mergedInto, withdrawnAt } })
    .from(owedItems)
    .innerJoin(incidents, eq(incidents.id, incidentId))
    .where(and(eq(kind, "postmortem"), or(isNull(doneAt), byItself)));
  for (const { id, doneAt, incident } of rows) {
    const reason = settledBy(incident);
    if (reason && doneAt === null) await settleOwed(db, by, { id, ...reason });
    if (!reason && doneAt !== null) await reopenOwed(db, by, id);
  }
}
