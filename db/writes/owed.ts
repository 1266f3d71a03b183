import { and, eq, isNotNull, isNull, ne } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { incidents, owedItems, slos } from "#db/schema/index.ts";
import { type AuditEntry, type By, writeAudit } from "#db/writes/audit.ts";
import { writeNotices } from "#db/writes/notices.ts";
import { actorName } from "#lib/access/actor.ts";
import type { OwedCandidate } from "#lib/policy/owed.ts";
import { type SettledBy, settledBy } from "#lib/policy/settled.ts";

/** What became of a change: made; there is no such item; it was so already. */
export type Settled = "done" | "not-found" | "unchanged";

export interface Settlement {
  readonly id: number;
  /** Where the postmortem or the planned work is. */
  readonly url: string | null;
  readonly note: string | null;
}

type Row = typeof owedItems.$inferSelect;

/** Takes an item off the list: it is done, there. */
export function settleOwed(db: Db, by: By, { id, url, note }: Settlement): Promise<Settled> {
  return change(db, by, id, (row) =>
    row.doneAt !== null
      ? null
      : {
          set: { doneAt: by.at, doneByName: actorName(by.actor), doneUrl: url, doneNote: note },
          entry: { action: "owed.settled", after: { url, note } },
        },
  );
}

/** Puts an item on the list again; not one that its incident would take off at once, and why. */
export function reopenOwed(db: Db, by: By, id: number): Promise<Settled | SettledBy["cause"]> {
  return db.transaction(async (tx) => {
    const [incident] = await tx
      .select({
        postmortemUrl: incidents.postmortemUrl,
        mergedInto: incidents.mergedInto,
        withdrawnAt: incidents.withdrawnAt,
      })
      .from(owedItems)
      .innerJoin(incidents, eq(incidents.id, owedItems.incidentId))
      .where(
        and(eq(owedItems.id, id), eq(owedItems.kind, "postmortem"), isNotNull(owedItems.doneAt)),
      );
    const settled = incident ? settledBy(incident) : null;
    return settled?.cause ?? reopen(tx, by, id);
  });
}

function reopen(db: Db, by: By, id: number): Promise<Settled> {
  return change(db, by, id, ({ doneAt, doneUrl: url, doneNote: note }) =>
    doneAt === null
      ? null
      : {
          set: { doneAt: null, doneByName: null, doneUrl: null, doneNote: null },
          entry: { action: "owed.reopened", before: { url, note } },
        },
  );
}

interface Change {
  readonly set: Partial<Row>;
  readonly entry: Pick<AuditEntry, "action" | "before" | "after">;
}

function change(db: Db, by: By, id: number, work: (row: Row) => Change | null): Promise<Settled> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(owedItems).where(eq(owedItems.id, id)).for("update");
    if (!row) return "not-found";
    const made = work(row);
    if (!made) return "unchanged";
    await tx.update(owedItems).set(made.set).where(eq(owedItems.id, id));
    const [slo] = await tx.select({ team: slos.team }).from(slos).where(eq(slos.id, row.sloId));
    const subject = { subject: `owed:${id}`, team: slo?.team ?? null };
    await writeAudit(tx, by, { ...made.entry, ...subject });
    return "done";
  });
}

/** What was found to be owed, with the words for whoever is told. */
export interface FoundOwed {
  readonly candidate: OwedCandidate;
  readonly sloId: number;
  readonly service: string;
  readonly slo: string;
  readonly team: string | null;
  /** One sentence. */
  readonly what: string;
}

/**
 * Puts on the list what is not on it yet, each told once, and writes down the newest share of what is
 * still owed. What was done stays done.
 */
export async function addOwed(db: Db, by: By, found: readonly FoundOwed[]): Promise<void> {
  for (const one of found) {
    await db.transaction(async (tx) => {
      const [row] = await tx
        .insert(owedItems)
        .values(rowOf(one, by.at))
        .onConflictDoNothing({ target: owedItems.naturalKey })
        .returning({ id: owedItems.id });
      if (row) await tell(tx, by, { ...one, id: row.id });
      else await tx.update(owedItems).set({ share: one.candidate.share }).where(isOpen(one));
    });
  }
}

function rowOf({ candidate, sloId, service, slo }: FoundOwed, openedAt: number) {
  const { key: naturalKey, look, share, above } = candidate;
  const own = { naturalKey, kind: look.kind, sloId, service, slo, share, above, openedAt };
  if (look.kind === "postmortem") return { ...own, incidentId: look.incidentId };
  return { ...own, incidentClass: look.incidentClass, quarter: look.quarter };
}

/** A share that is the same is not written again each time. */
function isOpen({ candidate: { key, share } }: FoundOwed) {
  const { naturalKey, doneAt } = owedItems;
  return and(eq(naturalKey, key), isNull(doneAt), ne(owedItems.share, share));
}

async function tell(tx: Db, by: By, found: FoundOwed & { readonly id: number }): Promise<void> {
  const { id, candidate, service, slo, team, what } = found;
  const { share, look } = candidate;
  const after = { kind: look.kind, service, slo, share, what };
  await writeAudit(tx, by, { action: "owed.opened", subject: `owed:${id}`, team, after });
  const owed = { kind: "owed", service, slo, item: id, owes: look.kind, share, what } as const;
  await writeNotices(tx, [{ ...owed, key: `owed:${id}`, at: by.at, team }]);
}
