import { bigint, boolean, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";
import type { Notice, NoticeKind } from "#lib/notices/notice.ts";
import type { QuietHours } from "#lib/notices/quiet.ts";

export type ReceiverKind = "slack" | "webhook";

/** Where notices go. The URL and the signing secret are sealed by the server's own secret. */
export const receivers = pgTable("receivers", {
  id: text().primaryKey(),
  name: text().notNull(),
  kind: text().$type<ReceiverKind>().notNull(),
  sealedUrl: text("sealed_url").notNull(),
  /** The host, so that people can tell receivers apart: the path may be a secret. */
  host: text().notNull(),
  /** Standard Webhooks only. */
  sealedSecret: text("sealed_secret"),
  /** Hears of this team alone; null: of all. */
  team: text(),
  /** Empty: of everything. */
  kinds: text().$type<NoticeKind>().array().notNull().default([]),
  quietHours: jsonb("quiet_hours").$type<QuietHours>(),
  createdBy: text("created_by").notNull(),
  createdAt: ms("created_at").notNull(),
  /** Switched off: by hand, or because it answered that it is gone. */
  disabledAt: ms("disabled_at"),
  disabledReason: text("disabled_reason"),
  removedAt: ms("removed_at"),
});

/** What is to be told, written in the transaction of the change itself. */
export const notices = pgTable(
  "notices",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** What happened, once: `policy:<transition>`. */
    naturalKey: text("natural_key").notNull().unique(),
    kind: text().$type<NoticeKind>().notNull(),
    at: ms("at").notNull(),
    team: text(),
    service: text(),
    slo: text(),
    urgent: boolean().notNull(),
    notice: jsonb().$type<Notice>().notNull(),
  },
  (t) => [index("notices_at").on(t.at)],
);

export type DeliveryState = "pending" | "delivered" | "dead" | "dropped";

/** One row per notice and receiver: what became of it. */
export const noticeDeliveries = pgTable(
  "notice_deliveries",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    noticeId: bigint("notice_id", { mode: "number" }).notNull(),
    receiverId: text("receiver_id").notNull(),
    state: text().$type<DeliveryState>().notNull().default("pending"),
    attempts: integer().notNull().default(0),
    /** Not before; also a lease while a worker sends it. */
    nextAt: ms("next_at").notNull(),
    lastStatus: integer("last_status"),
    lastError: text("last_error"),
    lastAttemptAt: ms("last_attempt_at"),
    doneAt: ms("done_at"),
    /** Sent again by hand so often. */
    replays: integer().notNull().default(0),
  },
  (t) => [
    unique("notice_deliveries_once").on(t.noticeId, t.receiverId),
    index("notice_deliveries_due").on(t.state, t.nextAt),
    index("notice_deliveries_receiver").on(t.receiverId, t.state, t.doneAt),
  ],
);
