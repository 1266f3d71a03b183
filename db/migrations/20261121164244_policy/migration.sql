CREATE TABLE "alerts" (
	"id" serial PRIMARY KEY,
	"source" text NOT NULL,
	"fingerprint" text NOT NULL,
	"name" text NOT NULL,
	"severity" text,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint,
	"labels" jsonb NOT NULL,
	"annotations" jsonb NOT NULL,
	"generator_url" text,
	"service" text,
	"slo_id" integer,
	"tier" text,
	"tied_by" text,
	"incident_id" text,
	"delivery_id" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "alerts_once" UNIQUE("source","fingerprint","starts_at")
);
--> statement-breakpoint
CREATE TABLE "exclusion_spans" (
	"exclusion_id" integer,
	"from_at" bigint,
	"to_at" bigint,
	CONSTRAINT "exclusion_spans_pkey" PRIMARY KEY("exclusion_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "exclusions" (
	"id" serial PRIMARY KEY,
	"kind" text NOT NULL,
	"service" text NOT NULL,
	"slo" text,
	"title" text NOT NULL,
	"reason" text NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint,
	"rrule" text,
	"zone" text DEFAULT 'UTC' NOT NULL,
	"excluded" boolean NOT NULL,
	"external_id" text,
	"url" text,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"cancelled_at" bigint,
	"cancelled_by" text,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "exclusions_external" UNIQUE("service","external_id")
);
--> statement-breakpoint
CREATE TABLE "notice_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notice_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"notice_id" bigint NOT NULL,
	"receiver_id" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" bigint NOT NULL,
	"last_status" integer,
	"last_error" text,
	"last_attempt_at" bigint,
	"done_at" bigint,
	"replays" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "notice_deliveries_once" UNIQUE("notice_id","receiver_id")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"natural_key" text NOT NULL UNIQUE,
	"kind" text NOT NULL,
	"at" bigint NOT NULL,
	"team" text,
	"service" text,
	"slo" text,
	"urgent" boolean NOT NULL,
	"notice" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receivers" (
	"id" text PRIMARY KEY,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"sealed_url" text NOT NULL,
	"host" text NOT NULL,
	"sealed_secret" text,
	"team" text,
	"kinds" text[] DEFAULT '{}'::text[] NOT NULL,
	"quiet_hours" jsonb,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"disabled_at" bigint,
	"disabled_reason" text,
	"removed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "gate_decisions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "gate_decisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" bigint NOT NULL,
	"surface" text NOT NULL,
	"service" text NOT NULL,
	"environment" text NOT NULL,
	"sha" text,
	"change" text NOT NULL,
	"decision" text NOT NULL,
	"proceed" boolean NOT NULL,
	"answer" json NOT NULL,
	"asked_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "owed_items" (
	"id" serial PRIMARY KEY,
	"natural_key" text NOT NULL CONSTRAINT "owed_items_once" UNIQUE,
	"kind" text NOT NULL,
	"slo_id" integer NOT NULL,
	"service" text NOT NULL,
	"slo" text NOT NULL,
	"incident_id" text,
	"incident_class" text,
	"quarter" text,
	"share" double precision NOT NULL,
	"above" double precision NOT NULL,
	"opened_at" bigint NOT NULL,
	"done_at" bigint,
	"done_by_name" text,
	"done_url" text,
	"done_note" text
);
--> statement-breakpoint
CREATE TABLE "policy_exceptions" (
	"id" serial PRIMARY KEY,
	"service" text NOT NULL,
	"slo" text,
	"environment" text,
	"need" text NOT NULL,
	"justification" text NOT NULL,
	"risk" text NOT NULL,
	"mitigations" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_by_name" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_by_name" text,
	"decided_at" bigint,
	"decision_note" text,
	"ended_at" bigint,
	"ended_by_name" text,
	"follows" integer
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "told" jsonb DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "withdrawn_at" bigint;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "incident_class" text;--> statement-breakpoint
CREATE INDEX "alerts_slo" ON "alerts" ("slo_id","starts_at");--> statement-breakpoint
CREATE INDEX "alerts_service" ON "alerts" ("service","starts_at");--> statement-breakpoint
CREATE INDEX "exclusion_spans_at" ON "exclusion_spans" ("to_at");--> statement-breakpoint
CREATE INDEX "exclusions_service" ON "exclusions" ("service","starts_at");--> statement-breakpoint
CREATE INDEX "notice_deliveries_due" ON "notice_deliveries" ("state","next_at");--> statement-breakpoint
CREATE INDEX "notices_at" ON "notices" ("at");--> statement-breakpoint
CREATE INDEX "gate_decisions_at" ON "gate_decisions" ("at");--> statement-breakpoint
CREATE INDEX "gate_decisions_service" ON "gate_decisions" ("service","at");--> statement-breakpoint
CREATE INDEX "owed_items_service" ON "owed_items" ("service");--> statement-breakpoint
CREATE INDEX "policy_exceptions_service" ON "policy_exceptions" ("service","expires_at");--> statement-breakpoint
ALTER TABLE "exclusion_spans" ADD CONSTRAINT "exclusion_spans_exclusion_id_exclusions_id_fkey" FOREIGN KEY ("exclusion_id") REFERENCES "exclusions"("id") ON DELETE CASCADE;--> statement-breakpoint
-- Nobody told when these were noticed: it was taken to be at their beginning.
UPDATE "incidents" SET "detected_at" = NULL
  WHERE "origin" IN ('github', 'pagerduty') AND "detected_at" = "started_at"
    AND NOT 'detectedAt' = ANY("by_hand");
--> statement-breakpoint
-- A commit that a pipeline named counts for its service alone, and its id says so.
UPDATE "changes" SET "id" = 'commit:' || "s"."service" || ':' || substr("changes"."id", 8)
  FROM (SELECT DISTINCT "d"."service", unnest("h"."shas") AS "sha"
    FROM "shipped" "h" JOIN "deployments" "d" ON "d"."id" = "h"."deployment_id" AND "d"."source" = 'api') "s"
  WHERE "changes"."id" = 'commit:' || "s"."sha"
    AND "changes"."merged_at" = ("changes"."commits" -> 0 ->> 'authoredAt')::bigint
    AND NOT EXISTS (SELECT FROM "changes" "c" WHERE "c"."id" = 'commit:' || "s"."service" || ':' || "s"."sha");
