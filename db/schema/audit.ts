import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";

/** Who did what, and from where. A trigger refuses to change or delete a row. */
export const audit = pgTable(
  "audit",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: ms("at").notNull(),
    /** `person`, `token`, `local` (sign-in is off), `nobody` (not signed in) or `system`. */
    actorKind: text("actor_kind").$type<AuditActorKind>().notNull(),
    actorId: text("actor_id"),
    /** As it was then. */
    actorName: text("actor_name").notNull(),
    /** A verb in the past, by its subject: `token.created`, `person.signed-in`. */
    action: text().notNull(),
    /** What it was done to, e.g. `token:ci-checkout`. */
    subject: text().notNull(),
    team: text(),
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
    address: text(),
  },
  (t) => [
    index("audit_at").on(t.at, t.id),
    index("audit_subject").on(t.subject),
    index("audit_actor").on(t.actorName),
  ],
);

export type AuditActorKind = "person" | "token" | "local" | "nobody" | "system";
