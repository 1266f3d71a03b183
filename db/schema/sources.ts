import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";

export type SourceState = "starting" | "ok" | "no-data" | "failed";

/** Each upstream and how it last answered: the sources page. */
export const sources = pgTable("sources", {
  name: text().primaryKey(),
  kind: text().$type<"prometheus">().notNull(),
  state: text().$type<SourceState>().notNull(),
  /** Host and path only, never credentials. */
  address: text().notNull(),
  /** Which server answered, e.g. "Prometheus 2.42.0", "VictoriaMetrics". */
  flavour: text(),
  counting: text().$type<"exact" | "increase">(),
  scrapeIntervalMs: ms("scrape_interval_ms"),
  lastAttemptAt: ms("last_attempt_at"),
  lastSuccessAt: ms("last_success_at"),
  watermark: ms("watermark"),
  /** Minutes of first backfill done and wanted, over all its SLIs. */
  backfillDone: integer("backfill_done").notNull().default(0),
  backfillOf: integer("backfill_of").notNull().default(0),
  /** The last error in words; null when the last attempt went well. */
  error: text(),
  errorSince: ms("error_since"),
  /** Server warnings of the last run, e.g. of Thanos partial responses. */
  warnings: jsonb().$type<readonly string[]>().notNull().default([]),
  removedAt: ms("removed_at"),
});
