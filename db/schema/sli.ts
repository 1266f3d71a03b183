import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
} from "drizzle-orm/pg-core";
import type { GapState } from "#lib/slo/gaps.ts";
import type { SliDefinition } from "#lib/spec/model.ts";

/** Epoch milliseconds. */
export const ms = (name: string) => bigint(name, { mode: "number" });

/** An SLI is identified by its content (`key`): editing an objective keeps it, editing a query starts another. */
export const slis = pgTable("slis", {
  id: serial().primaryKey(),
  key: text().notNull().unique(),
  source: text().notNull(),
  definition: jsonb().$type<SliDefinition>().notNull(),
  createdAt: ms("created_at").notNull(),
});

/** Cumulative good, total and covered minutes of all minutes that ended at or before `at`. */
export const sliTotals = pgTable(
  "sli_totals",
  {
    sliId: integer("sli_id").notNull(),
    at: ms("at").notNull(),
    good: doublePrecision().notNull(),
    total: doublePrecision().notNull(),
    covered: doublePrecision().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sliId, t.at] }), index("sli_totals_at").using("brin", t.at)],
);

/**
 * How far each SLI has been asked: `[tailAt, headAt)` is known but for its gaps. The first backfill
 * goes from `headAt` down to `backfillFrom`, newest first.
 */
export const sliProgress = pgTable("sli_progress", {
  sliId: integer("sli_id").primaryKey(),
  headAt: ms("head_at"),
  tailAt: ms("tail_at"),
  backfillFrom: ms("backfill_from"),
  /** When the first backfill ended; no transition, alert or notice before. */
  backfilledAt: ms("backfilled_at"),
  firstCoveredAt: ms("first_covered_at"),
  /** Exclusive end of the newest covered minute: the watermark. */
  lastCoveredAt: ms("last_covered_at"),
  rereadAt: ms("reread_at"),
  /** Highest total of one minute, halved for each day since: for the suspect guard. */
  trailingMax: doublePrecision("trailing_max"),
  /** What the server said of this SLI's query, while it refuses it. */
  error: text(),
  errorSince: ms("error_since"),
});

/** Minutes inside `[tailAt, headAt)` about which more is to be said than a number. */
export const sliGaps = pgTable(
  "sli_gaps",
  {
    id: serial().primaryKey(),
    sliId: integer("sli_id").notNull(),
    fromAt: ms("from_at").notNull(),
    toAt: ms("to_at").notNull(),
    state: text().$type<GapState>().notNull(),
    foundAt: ms("found_at").notNull(),
    closedAt: ms("closed_at"),
  },
  (t) => [index("sli_gaps_sli").on(t.sliId, t.fromAt)],
);

/** Up to where totals are thinned to each resolution: a later run goes on from there. */
export const thinning = pgTable("thinning", {
  stepMs: ms("step_ms").primaryKey(),
  doneTo: ms("done_to").notNull(),
});

export const sliSuspects = pgTable(
  "sli_suspects",
  {
    sliId: integer("sli_id").notNull(),
    at: ms("at").notNull(),
    counted: doublePrecision().notNull(),
    plain: doublePrecision(),
    trailingMax: doublePrecision("trailing_max").notNull(),
    kept: text().$type<"counted" | "plain">().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sliId, t.at] })],
);
