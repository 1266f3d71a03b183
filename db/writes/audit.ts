import type { Db } from "#db/connection.ts";
import { audit } from "#db/schema/index.ts";
import { type Actor, actorIdentity } from "#lib/access/actor.ts";

/** Who does something, from where, and when (epoch ms). */
export interface By {
  readonly actor: Actor;
  /** IP address of the caller; null where there is none, e.g. for a job. */
  readonly address: string | null;
  readonly at: number;
}

export interface AuditEntry {
  /** Subject and verb in the past: `token.created`. */
  readonly action: string;
  /** What it was done to: `token:ci-checkout`. */
  readonly subject: string;
  readonly team?: string | null;
  /** Never a secret: a hash or hint of it at most. */
  readonly before?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
}

/** Adds to the log what was done. Call it in the transaction that does it. */
export async function writeAudit(db: Db, by: By, entry: AuditEntry): Promise<void> {
  const { actor, address, at } = by;
  await db.insert(audit).values({
    at,
    actorKind: actor.kind,
    actorId: "id" in actor ? actor.id : null,
    actorName: actorIdentity(actor),
    action: entry.action,
    subject: entry.subject,
    team: entry.team ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    address,
  });
}
