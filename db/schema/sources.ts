import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";

/** `synthetic` is our own self-check: an SLI whose numbers are known by arithmetic. */
export type SourceKind = "prometheus" | "github" | "pagerduty" | "synthetic";
export type SourceState = "starting" | "ok" | "no-data" | "failed";

/** Each upstream and how it last answered: the sources page. */
export const sources = pgTable("sources", {
  name: text().primaryKey(),
  kind: text().$type<SourceKind>().notNull(),
  state: text().$type<SourceState>().notNull(),
  /** Host and path only, never credentials; null for what has none. */
  address: text(),
  /** Which server answered, e.g. "Prometheus 2.42.0", "VictoriaMetrics". */
  flavour: text(),
  counting: text().$type<"exact" | "increase">(),
  scrapeIntervalMs: ms("scrape_interval_ms"),
  lastAttemptAt: ms("last_attempt_at"),
  lastSuccessAt: ms("last_success_at"),
  /** The last error in words; null when the last attempt went well. */
  error: text(),
  errorSince: ms("error_since"),
  /** Server warnings of the last run, e.g. of Thanos partial responses. */
  warnings: jsonb().$type<readonly string[]>().notNull().default([]),
  removedAt: ms("removed_at"),
});
