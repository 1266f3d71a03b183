import { isNull } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, serial, text, unique } from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";
import type { AlertTie } from "#lib/alerts/tie.ts";

/** Alerts of others (Alertmanager), one row per firing. Our own are `burn_alerts`. */
export const alerts = pgTable(
  "alerts",
  {
    id: serial().primaryKey(),
    source: text().$type<"alertmanager">().notNull(),
    fingerprint: text().notNull(),
    name: text().notNull(),
    severity: text(),
    startsAt: ms("starts_at").notNull(),
    /** Null while it fires. */
    endsAt: ms("ends_at"),
    labels: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    annotations: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    generatorUrl: text("generator_url"),
    /** What it is about, by its labels; null where they tie it to nothing of ours. */
    service: text(),
    sloId: integer("slo_id"),
    tier: text(),
    tiedBy: text("tied_by").$type<AlertTie["by"]>(),
    /** The incident that it opened, by rule. */
    incidentId: text("incident_id"),
    /** The first delivery that told of it: its raw payload. */
    deliveryId: bigint("delivery_id", { mode: "number" }),
    createdAt: ms("created_at").notNull(),
    updatedAt: ms("updated_at").notNull(),
  },
  (t) => [
    unique("alerts_once").on(t.source, t.fingerprint, t.startsAt),
    index("alerts_slo").on(t.sloId, t.startsAt),
    index("alerts_service").on(t.service, t.startsAt),
    index("alerts_without_incident").on(t.endsAt).where(isNull(t.incidentId)),
  ],
);
