import { readOwners } from "#app/_data/dora/teams.ts";
import { mayEdit } from "#app/_data/policy/editing.ts";
import type { OwedLine } from "#components/policy/view.ts";
import type { Db } from "#db/connection.ts";
import { type OwedFilter, type OwedItem, readOwed } from "#db/reads/owed.ts";
import type { Actor } from "#lib/access/actor.ts";

/** What is owed, with what it is owed for and whether the reader may settle it. */
export async function readOwedLines(db: Db, actor: Actor, filter: OwedFilter): Promise<OwedLine[]> {
  const owners = await readOwners(db);
  return (await readOwed(db, filter)).map((item) => lineOf(item, mayEdit(actor, owners, item)));
}

function lineOf(item: OwedItem, isEditor: boolean): OwedLine {
  const { id, kind, service, slo, incidentClass, quarter, share, above, openedAt } = item;
  const { incidentId, incidentTitle, doneAt, doneByName, doneUrl, doneNote } = item;
  return {
    ...{ id, kind, service, slo, incidentClass, quarter, share, above, openedAt },
    ...{ doneAt, doneByName, doneUrl, doneNote, isEditor },
    incident: incidentId === null ? null : { id: incidentId, title: incidentTitle ?? incidentId },
  };
}
