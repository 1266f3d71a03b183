import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { incidentLinks, incidents } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import {
  changeIncident,
  type Edited,
  noteBy,
  type Seen,
  subjectOf,
} from "#db/writes/incidentChange.ts";
import { note } from "#db/writes/incidents.ts";
import { actorName } from "#lib/access/actor.ts";

export type Merged =
  | Edited
  | { readonly outcome: "no-target" }
  | { readonly outcome: "target-merged" };

/** One incident at a time is merged, so that two of them cannot become each other. */
async function holdMerges(db: Db): Promise<void> {
  await db.execute("select pg_advisory_xact_lock(hashtext('plimsoll.incident-merges'))");
}

/** It turned out to be another incident: it is counted no more, and its address leads there. */
export function mergeIncident(
  db: Db,
  by: By,
  { seen, into }: { readonly seen: Seen; readonly into: string },
): Promise<Merged> {
  return db.transaction(async (tx) => {
    await holdMerges(tx);
    const [target] = await tx.select().from(incidents).where(eq(incidents.id, into));
    if (!target || into === seen.id) return { outcome: "no-target" };
    if (target.mergedInto !== null) return { outcome: "target-merged" };
    return changeIncident(tx, by, {
      seen,
      change: async (inner, row) => {
        await note(inner, [
          noteBy(by, row.id, { kind: "merged", at: by.at, text: `Merged into “${target.title}”` }),
          noteBy(by, into, { kind: "merged", at: by.at, text: `“${row.title}” merged into this` }),
        ]);
        await writeAudit(inner, by, {
          action: "incident.merged",
          subject: subjectOf(row.id),
          team: seen.team,
          after: { into },
        });
        return { mergedInto: into };
      },
    });
  });
}

/** Takes a merge back: the incident counts by itself again. */
export function separateIncident(db: Db, by: By, seen: Seen): Promise<Edited> {
  return db.transaction(async (tx) => {
    await holdMerges(tx);
    return changeIncident(tx, by, {
      seen,
      change: async (inner, row) => {
        const into = row.mergedInto;
        if (into === null) return null;
        const text = `“${row.title}” is an incident of its own again`;
        const told = { kind: "separated", at: by.at, text };
        await note(inner, [noteBy(by, row.id, told), noteBy(by, into, told)]);
        await writeAudit(inner, by, {
          action: "incident.separated",
          subject: subjectOf(row.id),
          team: seen.team,
          before: { into },
        });
        return { mergedInto: null };
      },
    });
  });
}

/** What a person holds for the cause. */
export interface Cause {
  /** Null: no deployment caused it. */
  readonly deploymentId: string | null;
  /** As people call it, for the timeline. */
  readonly name: string;
}

/** A person's word on the cause; the one before it stays for the record. */
export function linkCause(
  db: Db,
  by: By,
  { seen, cause }: { readonly seen: Seen; readonly cause: Cause },
): Promise<Edited> {
  return changeIncident(db, by, {
    seen,
    change: async (tx, { id }) => {
      const before = await removeLinks(tx, id, by.at);
      const deploymentId = cause.deploymentId ?? "";
      const link = { incidentId: id, deploymentId, byName: actorName(by.actor), at: by.at };
      await tx.insert(incidentLinks).values(link);
      const text = cause.deploymentId === null ? "No deployment caused it" : `Cause: ${cause.name}`;
      await note(tx, [noteBy(by, id, { kind: "linked", at: by.at, text })]);
      await writeAudit(tx, by, {
        action: "incident.linked",
        subject: subjectOf(id),
        team: seen.team,
        ...(before === null ? {} : { before: { deployment: before } }),
        after: { deployment: cause.deploymentId ?? "none" },
      });
      return {};
    },
  });
}

/** Takes the word back: what is inferred counts again. */
export function unlinkCause(db: Db, by: By, seen: Seen): Promise<Edited> {
  return changeIncident(db, by, {
    seen,
    change: async (tx, { id }) => {
      const before = await removeLinks(tx, id, by.at);
      if (before === null) return null;
      const text = "The cause set by hand was taken back";
      await note(tx, [noteBy(by, id, { kind: "unlinked", at: by.at, text })]);
      await writeAudit(tx, by, {
        action: "incident.unlinked",
        subject: subjectOf(id),
        team: seen.team,
        before: { deployment: before },
      });
      return {};
    },
  });
}

/** What was in force, "none" included; null when nothing was. */
async function removeLinks(db: Db, incidentId: string, at: number): Promise<string | null> {
  const live = and(eq(incidentLinks.incidentId, incidentId), isNull(incidentLinks.removedAt));
  const removed = await db
    .update(incidentLinks)
    .set({ removedAt: at })
    .where(live)
    .returning({ deploymentId: incidentLinks.deploymentId });
  const last = removed.at(-1);
  return last ? last.deploymentId || "none" : null;
}
