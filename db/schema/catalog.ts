import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";
import type { Finding, SloDefinition } from "#lib/spec/model.ts";

/** Each document file that was seen: its last good text stays in force while a newer one is broken. */
export const documents = pgTable("documents", {
  path: text().primaryKey(),
  dialect: text(),
  /** The text that is in force. */
  goodContent: text("good_content"),
  goodAt: ms("good_at"),
  /** Findings of the newest text, errors included. */
  findings: jsonb().$type<readonly Finding[]>().notNull(),
  contentHash: text("content_hash").notNull(),
  /** Where its newest text stands on the web, at its commit; null for a file of the folder. */
  url: text(),
  seenAt: ms("seen_at").notNull(),
  removedAt: ms("removed_at"),
});

export const slos = pgTable(
  "slos",
  {
    id: serial().primaryKey(),
    service: text().notNull(),
    name: text().notNull(),
    team: text(),
    documentPath: text("document_path").notNull(),
    version: integer().notNull(),
    createdAt: ms("created_at").notNull(),
    /** Its document was taken away: kept, readable, out of the fleet. */
    retiredAt: ms("retired_at"),
  },
  (t) => [unique("slos_name").on(t.service, t.name), index("slos_team").on(t.team)],
);

/** Each definition that was in force, from `validFrom` on. Never changed. */
export const sloVersions = pgTable(
  "slo_versions",
  {
    sloId: integer("slo_id").notNull(),
    version: integer().notNull(),
    validFrom: ms("valid_from").notNull(),
    sliId: integer("sli_id").notNull(),
    definition: jsonb().$type<SloDefinition>().notNull(),
    /** When the alerts that this definition would have raised over its history were recorded. */
    historyAt: ms("history_at"),
    /** The commit that it was read at, and where it stands there; null for a file of the folder. */
    commit: text(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.sloId, t.version] }), index("slo_versions_sli").on(t.sliId)],
);

/** Earlier names (`formerly`), so that history and links follow a rename. */
export const sloAliases = pgTable(
  "slo_aliases",
  {
    service: text().notNull(),
    name: text().notNull(),
    sloId: integer("slo_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.service, t.name] })],
);

/** What was last seen of the label sets of an SLO that is grouped by labels. */
export const sloGroupings = pgTable("slo_groupings", {
  sloId: integer("slo_id").primaryKey(),
  askedAt: ms("asked_at").notNull(),
  /** Label sets that there are; more than are told apart, where there are too many. */
  found: integer().notNull(),
  /** Why none can be told apart, or why the source could not be asked; one sentence. */
  problem: text(),
});

/** The label sets that are told apart: each is an SLO of its own, as if a document had said so. */
export const sloInstances = pgTable(
  "slo_instances",
  {
    /** The grouped SLO. */
    sloId: integer("slo_id").notNull(),
    labels: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    /** The labels as one text. */
    key: text().notNull(),
    firstSeenAt: ms("first_seen_at").notNull(),
    lastSeenAt: ms("last_seen_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.sloId, t.key] })],
);
