import {
  bigint,
  boolean,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";
import type { Origin } from "#lib/access/origin.ts";

/** better-auth reads and writes its own tables with dates. */
const date = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Who may sign in. The first seven columns are better-auth's. */
export const people = pgTable("people", {
  id: text().primaryKey(),
  name: text().notNull(),
  /** Lower case. */
  email: text().notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text(),
  createdAt: date("created_at").notNull(),
  updatedAt: date("updated_at").notNull(),
  admin: boolean().notNull().default(false),
  /** Made an admin by hand, or by a group of the provider: what the provider gave, it takes away. */
  adminFrom: text("admin_from").$type<Origin>().notNull().default("hand"),
  /** May not sign in any more; the rows that name them stay. */
  disabledAt: ms("disabled_at"),
});

/** better-auth's: one per browser. The token is useless without the server's signature on it. */
export const sessions = pgTable(
  "sessions",
  {
    id: text().primaryKey(),
    token: text().notNull().unique(),
    userId: text("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    expiresAt: date("expires_at").notNull(),
    ipAddress: text("address"),
    userAgent: text("user_agent"),
    createdAt: date("created_at").notNull(),
    updatedAt: date("updated_at").notNull(),
  },
  (t) => [index("sessions_person").on(t.userId)],
);

/** better-auth's: a password's hash, or an identity at a provider. Provider tokens are not kept. */
export const accounts = pgTable(
  "accounts",
  {
    id: text().primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: text("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: date("access_token_expires_at"),
    refreshTokenExpiresAt: date("refresh_token_expires_at"),
    scope: text(),
    password: text(),
    createdAt: date("created_at").notNull(),
    updatedAt: date("updated_at").notNull(),
  },
  (t) => [index("accounts_person").on(t.userId)],
);

/** better-auth's: what a sign-in under way must be answered with. */
export const verifications = pgTable(
  "verifications",
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: date("expires_at").notNull(),
    createdAt: date("created_at").notNull(),
    updatedAt: date("updated_at").notNull(),
  },
  (t) => [index("verifications_identifier").on(t.identifier)],
);

/** better-auth's: attempts by address, shared by all processes. */
export const rateLimits = pgTable("rate_limits", {
  id: text().primaryKey(),
  key: text().notNull().unique(),
  count: bigint({ mode: "number" }).notNull(),
  lastRequest: bigint("last_request", { mode: "number" }).notNull(),
});

/** Who may edit what belongs to a team: named by hand, or through a group of the provider. */
export const teamEditors = pgTable(
  "team_editors",
  {
    personId: text("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    team: text().notNull(),
    origin: text().$type<Origin>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.team, t.origin] }),
    index("team_editors_team").on(t.team),
  ],
);

export type InvitationKind = "first-admin" | "invite" | "reset";

/** A link that works once: for the first admin, for a new person, for a new password. */
export const invitations = pgTable("invitations", {
  id: text().primaryKey(),
  kind: text().$type<InvitationKind>().notNull(),
  /** SHA-256 of the link's token. */
  tokenHash: text("token_hash").notNull().unique(),
  /** Null for the first admin, who chooses. */
  email: text(),
  name: text(),
  admin: boolean().notNull().default(false),
  teams: text().array().notNull().default([]),
  /** Whose password a `reset` sets. */
  personId: text("person_id").references(() => people.id, { onDelete: "cascade" }),
  createdBy: text("created_by"),
  createdAt: ms("created_at").notNull(),
  expiresAt: ms("expires_at").notNull(),
  usedAt: ms("used_at"),
  revokedAt: ms("revoked_at"),
});

/** A key for a program. Only its hash is kept: it is shown once. */
export const apiTokens = pgTable("api_tokens", {
  id: text().primaryKey(),
  name: text().notNull(),
  /** SHA-256 of the whole token. */
  hash: text().notNull().unique(),
  /** The last four characters, to tell tokens apart. */
  hint: text().notNull(),
  scopes: text().array().notNull(),
  /** What it writes must belong to this team; null: to any. */
  team: text(),
  createdBy: text("created_by").notNull(),
  createdAt: ms("created_at").notNull(),
  expiresAt: ms("expires_at").notNull(),
  lastUsedAt: ms("last_used_at"),
  lastUsedFrom: text("last_used_from"),
  revokedAt: ms("revoked_at"),
});

export type SignedWebhook = "github" | "pagerduty";

/** What a sender signs with, sealed by the server's own secret. Two may live, so that one can follow the other. */
export const webhookSecrets = pgTable("webhook_secrets", {
  id: text().primaryKey(),
  source: text().$type<SignedWebhook>().notNull(),
  sealed: text().notNull(),
  hint: text().notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: ms("created_at").notNull(),
  lastUsedAt: ms("last_used_at"),
  revokedAt: ms("revoked_at"),
});

export type WebhookSource = SignedWebhook | "alertmanager";

/** Each delivery as it came, before anything is made of it. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    source: text().$type<WebhookSource>().notNull(),
    /** The sender's own id, or a hash of what was sent: a second arrival changes nothing. */
    deliveryId: text("delivery_id").notNull(),
    event: text().notNull(),
    body: text().notNull(),
    receivedAt: ms("received_at").notNull(),
    /** Null until something was made of it. */
    processedAt: ms("processed_at"),
    error: text(),
  },
  (t) => [
    unique("webhook_deliveries_once").on(t.source, t.deliveryId),
    index("webhook_deliveries_at").on(t.receivedAt),
  ],
);
