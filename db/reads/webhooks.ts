import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import {
  type SignedWebhook,
  type WebhookSource,
  webhookDeliveries,
  webhookSecrets,
} from "#db/schema/index.ts";

export interface SealedSecret {
  readonly id: string;
  readonly sealed: string;
}

/** What a sender may sign with now, oldest first: sealed, for the door alone. */
export function readSealedSecrets(db: Db, source: SignedWebhook): Promise<SealedSecret[]> {
  return db
    .select({ id: webhookSecrets.id, sealed: webhookSecrets.sealed })
    .from(webhookSecrets)
    .where(and(eq(webhookSecrets.source, source), isNull(webhookSecrets.revokedAt)))
    .orderBy(asc(webhookSecrets.createdAt), asc(webhookSecrets.id));
}

export interface WebhookSecret {
  readonly id: string;
  readonly source: SignedWebhook;
  /** The last four characters, to tell two apart. */
  readonly hint: string;
  readonly createdBy: string;
  readonly createdAt: number;
  /** To the minute; null when nothing was ever signed with it. */
  readonly lastUsedAt: number | null;
}

const SHOWN = {
  id: webhookSecrets.id,
  source: webhookSecrets.source,
  hint: webhookSecrets.hint,
  createdBy: webhookSecrets.createdBy,
  createdAt: webhookSecrets.createdAt,
  lastUsedAt: webhookSecrets.lastUsedAt,
};

/** The live secrets of every source, oldest first, as they may be shown. */
export function readWebhookSecrets(db: Db): Promise<WebhookSecret[]> {
  return db
    .select(SHOWN)
    .from(webhookSecrets)
    .where(isNull(webhookSecrets.revokedAt))
    .orderBy(asc(webhookSecrets.source), asc(webhookSecrets.createdAt), asc(webhookSecrets.id));
}

export interface WebhookDelivery {
  readonly id: number;
  readonly source: WebhookSource;
  readonly deliveryId: string;
  readonly event: string;
  readonly bytes: number;
  readonly receivedAt: number;
  /** Null until something was made of it. */
  readonly processedAt: number | null;
  readonly error: string | null;
  /** Of alerts, where it is short: what was told; else null. */
  readonly told: string | null;
}

/** What a page may parse; bodies of megabytes are not read for it. */
const SHORT_BYTES = 65_536;

/** The newest deliveries of all sources, without the bodies of any but those of alerts. */
export function readDeliveries(db: Db, limit = 50): Promise<WebhookDelivery[]> {
  return db
    .select({
      id: webhookDeliveries.id,
      source: webhookDeliveries.source,
      deliveryId: webhookDeliveries.deliveryId,
      event: webhookDeliveries.event,
      bytes: sql<number>`octet_length(${webhookDeliveries.body})`,
      receivedAt: webhookDeliveries.receivedAt,
      processedAt: webhookDeliveries.processedAt,
      error: webhookDeliveries.error,
      told: sql<string | null>`case when ${webhookDeliveries.source} = 'alertmanager'
        and octet_length(${webhookDeliveries.body}) <= ${SHORT_BYTES}::int
        then ${webhookDeliveries.body} end`,
    })
    .from(webhookDeliveries)
    .orderBy(desc(webhookDeliveries.receivedAt), desc(webhookDeliveries.id))
    .limit(limit);
}
