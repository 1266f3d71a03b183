import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  serial,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";
import type { Timeliness } from "#lib/exclusions/timeliness.ts";

export type ExclusionKind = "maintenance" | "experiment";

/**
 * Times that are counted apart: maintenance, and experiments (chaos, game days). `excluded` ones are
 * taken out of the budget; others are only drawn and counted beside it.
 */
export const exclusions = pgTable(
  "exclusions",
  {
    id: serial().primaryKey(),
    kind: text().$type<ExclusionKind>().notNull(),
    service: text().notNull(),
    /** Null: every SLO of the service. */
    slo: text(),
    title: text().notNull(),
    reason: text().notNull(),
    startsAt: ms("starts_at").notNull(),
    /** Of the first occurrence; null while an experiment runs. */
    endsAt: ms("ends_at"),
    /** RFC 5545 recurrence of the start, as wall time in `zone`. */
    rrule: text(),
    zone: text().notNull().default("UTC"),
    excluded: boolean().notNull(),
    /** The caller's own id, so that posting it again changes it. */
    externalId: text("external_id"),
    url: text(),
    createdBy: text("created_by").notNull(),
    createdAt: ms("created_at").notNull(),
    updatedAt: ms("updated_at").notNull(),
    cancelledAt: ms("cancelled_at"),
    cancelledBy: text("cancelled_by"),
    revision: integer().notNull().default(1),
    /** The SLO document that says it, as files are named on the sources page; null: told by a person or a program. */
    documentPath: text("document_path"),
    /** Whether a policy may leave an experiment out; null: it says nothing of it. */
    timeliness: text().$type<Timeliness>(),
  },
  (t) => [
    index("exclusions_service").on(t.service, t.startsAt),
    unique("exclusions_external").on(t.service, t.externalId),
  ],
);

/**
 * When each exclusion was and will be, recurrences written out ahead. What counts without them, and
 * which totals must be kept at their edges, is read from here alone.
 */
export const exclusionSpans = pgTable(
  "exclusion_spans",
  {
    exclusionId: integer("exclusion_id")
      .notNull()
      .references(() => exclusions.id, { onDelete: "cascade" }),
    fromAt: ms("from_at").notNull(),
    /** Null while an experiment runs. */
    toAt: ms("to_at"),
  },
  (t) => [
    primaryKey({ columns: [t.exclusionId, t.fromAt] }),
    index("exclusion_spans_at").on(t.toAt),
  ],
);
