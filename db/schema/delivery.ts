import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { ms } from "#db/schema/sli.ts";
import type {
  Change,
  DeploymentMark,
  DeploymentRecord,
  IncidentLink,
  Severity,
  ShippedCommits,
} from "#lib/dora/facts.ts";

/** How far each delivery upstream is: what the next run goes on from, saved with the facts themselves. */
export const deliveryProgress = pgTable("delivery_progress", {
  /** Name of the row in `sources`. */
  source: text().primaryKey(),
  /** The collector's own. */
  cursor: jsonb().$type<object>(),
  /** Quota: spent by the last run, left, limit, when it starts anew (epoch ms). */
  pointsUsed: integer("points_used").notNull().default(0),
  pointsRemaining: integer("points_remaining"),
  pointsLimit: integer("points_limit"),
  pointsResetAt: ms("points_reset_at"),
  /** Parts that could not be had while the source itself answered. */
  failures: jsonb()
    .$type<readonly { readonly repository: string; readonly message: string }[]>()
    .notNull()
    .default([]),
});

/** A repository by what never changes; its name is what it is called today. */
export const repositories = pgTable("repositories", {
  id: text().primaryKey(),
  source: text().notNull(),
  fullName: text("full_name").notNull(),
  url: text().notNull(),
  collectedFrom: ms("collected_from").notNull(),
  complete: boolean().notNull(),
  seenAt: ms("seen_at").notNull(),
});

/** Deployments as their source tells them; what they amount to is worked out when it is read. */
export const deployments = pgTable(
  "deployments",
  {
    id: text().primaryKey(),
    service: text().notNull(),
    environment: text().notNull(),
    sha: text(),
    ref: text(),
    createdAt: ms("created_at").notNull(),
    statuses: jsonb().$type<DeploymentRecord["statuses"]>().notNull(),
    source: text().$type<DeploymentRecord["source"]>().notNull(),
    url: text(),
    creator: text(),
  },
  (t) => [
    index("deployments_service").on(t.service, t.createdAt),
    index("deployments_at").on(t.createdAt),
  ],
);

/** Merged pull requests, and commits that came without one. */
export const changes = pgTable(
  "changes",
  {
    id: text().primaryKey(),
    repository: text().notNull(),
    number: integer(),
    title: text().notNull(),
    url: text(),
    author: text(),
    bot: boolean().notNull(),
    labels: text().array().notNull(),
    commits: jsonb().$type<Change["commits"]>().notNull(),
    mergeShas: text("merge_shas").array().notNull(),
    openedAt: ms("opened_at"),
    readyAt: ms("ready_at"),
    firstReviewAt: ms("first_review_at"),
    mergedAt: ms("merged_at").notNull(),
    reverts: text(),
  },
  (t) => [index("changes_merged").on(t.mergedAt)],
);

/** Which commits a deployment brought. */
export const shipped = pgTable("shipped", {
  deploymentId: text("deployment_id").primaryKey(),
  previousSha: text("previous_sha"),
  shas: text().array().notNull(),
  confidence: text().$type<ShippedCommits["confidence"]>().notNull(),
  complete: boolean().notNull(),
});

/** A person's word on a deployment. The last one counts; none is taken away. */
export const deploymentMarks = pgTable(
  "deployment_marks",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    deploymentId: text("deployment_id").notNull(),
    mark: text().$type<DeploymentMark["mark"] | "none">().notNull(),
    reason: text(),
    byName: text("by_name").notNull(),
    at: ms("at").notNull(),
  },
  (t) => [index("deployment_marks_of").on(t.deploymentId)],
);

export type IncidentOrigin = "github" | "pagerduty" | "api" | "hand" | "alert";

/** What an incident review fills in. */
export interface IncidentReview {
  readonly detection?: string;
  readonly triage?: string;
  readonly mitigation?: string;
  readonly rootCause?: string;
  readonly followUps?: string;
}

export const incidents = pgTable(
  "incidents",
  {
    id: text().primaryKey(),
    origin: text().$type<IncidentOrigin>().notNull(),
    service: text().notNull(),
    title: text().notNull(),
    url: text(),
    severity: text().$type<Severity>().notNull(),
    startedAt: ms("started_at").notNull(),
    detectedAt: ms("detected_at"),
    mitigatedAt: ms("mitigated_at"),
    resolvedAt: ms("resolved_at"),
    /** What its own text ties it to. */
    links: jsonb().$type<readonly IncidentLink[]>().notNull().default([]),
    runbookUrl: text("runbook_url"),
    postmortemUrl: text("postmortem_url"),
    review: jsonb().$type<IncidentReview>().notNull().default({}),
    /** Columns that a person has set: the source does not write over them. */
    byHand: text("by_hand").array().notNull().default([]),
    /** What the source last told of those columns, to be given back when the person lets go. */
    told: jsonb().$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    /** The incident that it turned out to be; it is counted no more. */
    mergedInto: text("merged_into"),
    /** Its source has taken it back (the label is gone, it was deleted): kept, and counted no more. */
    withdrawnAt: ms("withdrawn_at"),
    /** What kind of trouble it was, in the team's own words (`dependency`, `capacity` …). */
    incidentClass: text("incident_class"),
    createdAt: ms("created_at").notNull(),
    updatedAt: ms("updated_at").notNull(),
  },
  (t) => [
    index("incidents_service").on(t.service, t.startedAt),
    index("incidents_at").on(t.startedAt),
  ],
);

/** Which deployment caused an incident, by hand. A removed one stays for the record. */
export const incidentLinks = pgTable(
  "incident_links",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    incidentId: text("incident_id").notNull(),
    deploymentId: text("deployment_id").notNull(),
    byName: text("by_name").notNull(),
    at: ms("at").notNull(),
    removedAt: ms("removed_at"),
  },
  (t) => [index("incident_links_of").on(t.incidentId)],
);

/** An incident's own timeline: what its source or a person noted. */
export const incidentNotes = pgTable(
  "incident_notes",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    incidentId: text("incident_id").notNull(),
    at: ms("at").notNull(),
    /** `opened`, `acknowledged`, `mitigated`, `resolved`, `reopened`, `merged`, `linked`, `note` … */
    kind: text().notNull(),
    text: text().notNull(),
    byName: text("by_name"),
    /** The source's own id of the entry, so that it is kept once. */
    naturalKey: text("natural_key").unique(),
  },
  (t) => [index("incident_notes_of").on(t.incidentId, t.at)],
);

/** A monthly review: a draft until it is published, then frozen. */
export const reviews = pgTable(
  "reviews",
  {
    /** As "2026-03". */
    month: text().notNull(),
    /** A team's name; empty for all. */
    team: text().notNull(),
    zone: text().notNull(),
    notes: text().notNull().default(""),
    updatedAt: ms("updated_at").notNull(),
    updatedBy: text("updated_by").notNull(),
    publishedAt: ms("published_at"),
    publishedBy: text("published_by"),
    /** Canonical JSON of the numbers as published, and the hash of them and their inputs. */
    content: text(),
    hash: text(),
  },
  (t) => [primaryKey({ columns: [t.month, t.team] })],
);

/** What a review asks for; it stays on the following ones until it is done. */
export const actionItems = pgTable(
  "action_items",
  {
    id: text().primaryKey(),
    team: text().notNull(),
    /** The month in whose review it was written. */
    month: text().notNull(),
    text: text().notNull(),
    owner: text(),
    /** A day, as "2026-04-30". */
    due: text(),
    createdBy: text("created_by").notNull(),
    createdAt: ms("created_at").notNull(),
    doneAt: ms("done_at"),
    doneBy: text("done_by"),
  },
  (t) => [index("action_items_team").on(t.team, t.month)],
);

/** One row: counts the changes of the tables above, by triggers. Whoever has the same number has the same facts. */
export const deliveryRevision = pgTable("delivery_revision", {
  id: integer().primaryKey(),
  revision: bigint({ mode: "number" }).notNull(),
});
