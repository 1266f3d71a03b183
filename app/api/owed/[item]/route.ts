import { owedBody } from "#app/_data/policy/shapes.ts";
import { DONE } from "#app/_data/settings/people/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { idOf, requireOwner } from "#app/api/exceptions/door.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";
import type { Db } from "#db/connection.ts";
import { type OwedItem, readOwed } from "#db/reads/owed.ts";
import { reopenOwed, settleOwed } from "#db/writes/owed.ts";
import type { SettledBy } from "#lib/policy/settled.ts";

const SETTLED_BY: Readonly<Record<SettledBy["cause"], string>> = {
  postmortem:
    "The incident has a link to its postmortem, which settles this; take the link away there first.",
  merged: "The incident was merged into another, which owes its own postmortem.",
  withdrawn: "The incident was withdrawn by its source; nothing is owed for it.",
};

/** Says that what is owed is done, and where; or that it is owed still. */
export const PUT = guarded<{ readonly item: string }>(
  "PUT /api/owed/[item]",
  async ({ request, params, by }) => {
    const body = await jsonBody(request, owedBody);
    const { db } = await store();
    const item = await readItem(db, params.item);
    const { id } = item;
    await requireOwner(db, by.actor, item);
    const settled = body.done
      ? await settleOwed(db, by, { id, url: body.url, note: body.note })
      : await reopenOwed(db, by, id);
    if (settled === "unchanged") {
      const words = body.done ? "This is done already" : "This is owed already";
      throw new RequestError(409, "unchanged", `${words}; load the page anew.`);
    }
    if (settled !== "done" && settled !== "not-found") {
      throw new RequestError(409, settled, SETTLED_BY[settled]);
    }
    return DONE;
  },
);

async function readItem(db: Db, segment: string): Promise<OwedItem> {
  const id = idOf(segment);
  const [item] = id === null ? [] : await readOwed(db, { id });
  if (!item) throw new RequestError(404, "unknown-item", "There is no such item.");
  return item;
}
