import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  json,
  pgTable,
  serial,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";
import type { GateDecision, GateSurface } from "#lib/policy/decision.ts";
import type { ExceptionNeed } from "#lib/policy/exception.ts";
import type { OwedKind } from "#lib/policy/owed.ts";

/**
 * A written way around a block: asked for by one person, decided by another, over at a time. Where it
 * stands (asked, in force, expired …) follows from the columns and the clock, and is never stored.
 */
export const policyExceptions = pgTable(
  "policy_exceptions",
  {
    id: serial().primaryKey(),
    service: text().notNull(),
    /** Null: every SLO of the service. */
    slo: text(),
    /** Null: every environment. */
    environment: text(),
    /** What kind of need it is, so that like ones can be counted. */
    need: text().$type<ExceptionNeed>().notNull(),
    justification: text().notNull(),
    risk: text().notNull(),
    mitigations: text().notNull(),
    /** Identity for the rule that nobody approves their own; name as it was then, for people. */
    askedBy: text("asked_by").notNull(),
    askedByName: text("asked_by_name").notNull(),
    askedAt: ms("asked_at").notNull(),
    expiresAt: ms("expires_at").notNull(),
    decision: text().$type<"approved" | "rejected">(),
    decidedBy: text("decided_by"),
    decidedByName: text("decided_by_name"),
    decidedAt: ms("decided_at"),
    decisionNote: text("decision_note"),
    /** Taken back: by the asker before it is decided, by an editor while it is in force. */
    endedAt: ms("ended_at"),
    endedByName: text("ended_by_name"),
    /** The earlier one that this one asks for anew. */
    follows: integer(),
  },
  (t) => [index("policy_exceptions_service").on(t.service, t.expiresAt)],
);

/** What a clause of a policy asks for, until it is done. */
export const owedItems = pgTable(
  "owed_items",
  {
    id: serial().primaryKey(),
    /** What it is owed for, so that it is owed once: `postmortem:<slo>:<incident>`. */
    naturalKey: text("natural_key").notNull(),
    kind: text().$type<OwedKind>().notNull(),
    sloId: integer("slo_id").notNull(),
    service: text().notNull(),
    slo: text().notNull(),
    incidentId: text("incident_id"),
    /** For a planning item: the class of incidents and the quarter, as "2026-Q3". */
    incidentClass: text("incident_class"),
    quarter: text(),
    /** Share of the budget spent, when it was found and at the newest look. */
    share: doublePrecision().notNull(),
    /** The share above which the clause asks for it. */
    above: doublePrecision().notNull(),
    openedAt: ms("opened_at").notNull(),
    /** Null while it is owed. */
    doneAt: ms("done_at"),
    doneByName: text("done_by_name"),
    /** Where the postmortem or the planned work is. */
    doneUrl: text("done_url"),
    doneNote: text("done_note"),
  },
  (t) => [unique("owed_items_once").on(t.naturalKey), index("owed_items_service").on(t.service)],
);

/** Every answer of the gate, as it was given. */
export const gateDecisions = pgTable(
  "gate_decisions",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: ms("at").notNull(),
    surface: text().$type<GateSurface>().notNull(),
    service: text().notNull(),
    environment: text().notNull(),
    sha: text(),
    change: text().notNull(),
    decision: text().$type<GateDecision["decision"]>().notNull(),
    /** Whether the deployment could go on: not the same as `allow` in dry run or where unknown is open. */
    proceed: boolean().notNull(),
    answer: json().$type<GateDecision>().notNull(),
    askedByName: text("asked_by_name").notNull(),
  },
  (t) => [index("gate_decisions_at").on(t.at), index("gate_decisions_service").on(t.service, t.at)],
);
