import { and, count, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import {
  type SignedWebhook,
  type WebhookSource,
  webhookDeliveries,
  webhookSecrets,
} from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { actorIdentity } from "#lib/access/actor.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** One in use and one to follow it. */
export const MOST_LIVE_SECRETS = 2;
/** Any number of our own, beside the other locks of this kind. */
const SECRETS_LOCK = 7_546_765_504;

export interface NewSecret {
  readonly id: string;
  readonly source: SignedWebhook;
  readonly sealed: string;
  readonly hint: string;
}

/** Adds a secret; false when the source has as many live ones as it may. */
export function createWebhookSecret(db: Db, by: By, secret: NewSecret): Promise<boolean> {
  const { id, source, hint } = secret;
  return db.transaction(async (tx) => {
    // Two admins at once must not make a third.
    await tx.execute(sql`select pg_advisory_xact_lock(${SECRETS_LOCK})`);
    const [live] = await tx
      .select({ count: count() })
      .from(webhookSecrets)
      .where(and(eq(webhookSecrets.source, source), isNull(webhookSecrets.revokedAt)));
    if ((live?.count ?? 0) >= MOST_LIVE_SECRETS) return false;
    const createdBy = actorIdentity(by.actor);
    await tx.insert(webhookSecrets).values({ ...secret, createdBy, createdAt: by.at });
    await writeAudit(tx, by, {
      action: "webhook-secret.created",
      subject: `webhook:${source}`,
      after: { id, hint },
    });
    return true;
  });
}

/** From now on nothing signed with it is taken; false when it is not a live one of this source. */
export function revokeWebhookSecret(
  db: Db,
  by: By,
  { source, id }: { readonly source: SignedWebhook; readonly id: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(webhookSecrets)
      .set({ revokedAt: by.at })
      .where(
        and(
          eq(webhookSecrets.id, id),
          eq(webhookSecrets.source, source),
          isNull(webhookSecrets.revokedAt),
        ),
      )
      .returning({ hint: webhookSecrets.hint });
    if (!revoked) return false;
    await writeAudit(tx, by, {
      action: "webhook-secret.revoked",
      subject: `webhook:${source}`,
      before: { id, hint: revoked.hint },
    });
    return true;
  });
}

/** Notes that something was signed with it, at most once a minute. */
export async function touchWebhookSecret(db: Db, id: string, at: number): Promise<void> {
  const due = or(isNull(webhookSecrets.lastUsedAt), lt(webhookSecrets.lastUsedAt, at - MINUTE));
  await db
    .update(webhookSecrets)
    .set({ lastUsedAt: at })
    .where(and(eq(webhookSecrets.id, id), due));
}

export interface NewDelivery {
  readonly source: WebhookSource;
  readonly deliveryId: string;
  readonly event: string;
  readonly body: string;
  readonly receivedAt: number;
}

/** Keeps a delivery as it came; false when it was here before, which changes nothing. */
export async function storeDelivery(db: Db, delivery: NewDelivery): Promise<boolean> {
  const stored = await db
    .insert(webhookDeliveries)
    .values(delivery)
    .onConflictDoNothing({ target: [webhookDeliveries.source, webhookDeliveries.deliveryId] })
    .returning({ id: webhookDeliveries.id });
  return stored.length > 0;
}

/** Forgets deliveries received before that time (epoch ms); gives how many. */
export async function dropOldDeliveries(db: Db, before: number): Promise<number> {
  const dropped = await db
    .delete(webhookDeliveries)
    .where(lt(webhookDeliveries.receivedAt, before))
    .returning({ id: webhookDeliveries.id });
  return dropped.length;
}
