import {
  boolean,
  doublePrecision,
  index,
  integer,
  json,
  pgTable,
  serial,
  smallint,
  text,
} from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";
import type { Severity, SloDetail, SloState, SloStatus } from "#lib/slo/status.ts";

/**
 * The newest evaluation of each SLO, narrow: what the fleet page sorts, counts and filters. Retired
 * SLOs keep their last row.
 */
export const sloStatus = pgTable(
  "slo_status",
  {
    sloId: integer("slo_id").primaryKey(),
    service: text().notNull(),
    name: text().notNull(),
    team: text(),
    state: text().$type<SloState>().notNull(),
    /** Place of `state` in SLO_STATES: 0 is worst. */
    rank: smallint().notNull(),
    /** Sort key within a state: signed remaining budget; not known sorts last. */
    remaining: doublePrecision().notNull(),
    /** Of the definition that was evaluated. */
    version: integer().notNull(),
    evaluatedAt: ms("evaluated_at").notNull(),
    /** False for an aspirational SLO, which never counts as its team's worst. */
    enforced: boolean().notNull(),
    retired: boolean().notNull().default(false),
  },
  (t) => [index("slo_status_worst").on(t.rank, t.remaining, t.sloId)],
);

/** The same evaluation in full, as the API and the pages give it. Apart, so that the fleet's rows stay narrow. */
export const sloReadings = pgTable("slo_readings", {
  sloId: integer("slo_id").primaryKey(),
  status: json().$type<SloStatus>().notNull(),
  detail: json().$type<SloDetail>().notNull(),
});

/** Recorded changes of state, for "as of": states have hysteresis and holds and are never recomputed. */
export const sloStates = pgTable(
  "slo_states",
  {
    id: serial().primaryKey(),
    sloId: integer("slo_id").notNull(),
    at: ms("at").notNull(),
    state: text().$type<SloState>().notNull(),
    policyState: text("policy_state").notNull(),
    held: boolean().notNull(),
    tier: text(),
    version: integer().notNull(),
    consumed: doublePrecision(),
  },
  (t) => [index("slo_states_slo").on(t.sloId, t.at)],
);

/** Immutable: each change of an SLO's policy state, with the numbers that caused it. */
export const policyTransitions = pgTable(
  "policy_transitions",
  {
    id: serial().primaryKey(),
    sloId: integer("slo_id").notNull(),
    at: ms("at").notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    cause: text().$type<"budget" | "definition" | "correction">().notNull(),
    consumed: doublePrecision(),
    good: doublePrecision().notNull(),
    total: doublePrecision().notNull(),
    coverage: doublePrecision().notNull(),
    version: integer().notNull(),
    watermark: ms("watermark"),
  },
  (t) => [index("policy_transitions_slo").on(t.sloId, t.at)],
);

/** Our own burn-rate alerts: one row per tier and firing. */
export const burnAlerts = pgTable(
  "burn_alerts",
  {
    id: serial().primaryKey(),
    sloId: integer("slo_id").notNull(),
    tier: text().notNull(),
    severity: text().$type<Severity>().notNull(),
    startedAt: ms("started_at").notNull(),
    endedAt: ms("ended_at"),
    /** Found in history by `evaluateRange`, never announced. */
    fromHistory: boolean("from_history").notNull().default(false),
  },
  (t) => [index("burn_alerts_slo").on(t.sloId, t.startedAt)],
);
