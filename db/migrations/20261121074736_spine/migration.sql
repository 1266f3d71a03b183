CREATE TABLE "documents" (
	"path" text PRIMARY KEY,
	"dialect" text,
	"good_content" text,
	"good_at" bigint,
	"findings" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"seen_at" bigint NOT NULL,
	"removed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "slo_aliases" (
	"service" text,
	"name" text,
	"slo_id" integer NOT NULL,
	CONSTRAINT "slo_aliases_pkey" PRIMARY KEY("service","name")
);
--> statement-breakpoint
CREATE TABLE "slo_versions" (
	"slo_id" integer,
	"version" integer,
	"valid_from" bigint NOT NULL,
	"sli_id" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"history_at" bigint,
	CONSTRAINT "slo_versions_pkey" PRIMARY KEY("slo_id","version")
);
--> statement-breakpoint
CREATE TABLE "slos" (
	"id" serial PRIMARY KEY,
	"service" text NOT NULL,
	"name" text NOT NULL,
	"team" text,
	"document_path" text NOT NULL,
	"version" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"retired_at" bigint,
	CONSTRAINT "slos_name" UNIQUE("service","name")
);
--> statement-breakpoint
CREATE TABLE "sli_gaps" (
	"id" serial PRIMARY KEY,
	"sli_id" integer NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint NOT NULL,
	"state" text NOT NULL,
	"found_at" bigint NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sli_progress" (
	"sli_id" integer PRIMARY KEY,
	"head_at" bigint,
	"tail_at" bigint,
	"backfill_from" bigint,
	"backfilled_at" bigint,
	"first_covered_at" bigint,
	"last_covered_at" bigint,
	"reread_at" bigint,
	"trailing_max" double precision,
	"error" text,
	"error_since" bigint
);
--> statement-breakpoint
CREATE TABLE "sli_suspects" (
	"sli_id" integer,
	"at" bigint,
	"counted" double precision NOT NULL,
	"plain" double precision,
	"trailing_max" double precision NOT NULL,
	"kept" text NOT NULL,
	CONSTRAINT "sli_suspects_pkey" PRIMARY KEY("sli_id","at")
);
--> statement-breakpoint
CREATE TABLE "sli_totals" (
	"sli_id" integer,
	"at" bigint,
	"good" double precision NOT NULL,
	"total" double precision NOT NULL,
	"covered" double precision NOT NULL,
	CONSTRAINT "sli_totals_pkey" PRIMARY KEY("sli_id","at")
);
--> statement-breakpoint
CREATE TABLE "slis" (
	"id" serial PRIMARY KEY,
	"key" text NOT NULL UNIQUE,
	"source" text NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thinning" (
	"step_ms" bigint PRIMARY KEY,
	"done_to" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"name" text PRIMARY KEY,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"address" text,
	"flavour" text,
	"counting" text,
	"scrape_interval_ms" bigint,
	"last_attempt_at" bigint,
	"last_success_at" bigint,
	"error" text,
	"error_since" bigint,
	"warnings" jsonb DEFAULT '[]' NOT NULL,
	"removed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "burn_alerts" (
	"id" serial PRIMARY KEY,
	"slo_id" integer NOT NULL,
	"tier" text NOT NULL,
	"severity" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"from_history" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy_transitions" (
	"id" serial PRIMARY KEY,
	"slo_id" integer NOT NULL,
	"at" bigint NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"cause" text NOT NULL,
	"consumed" double precision,
	"good" double precision NOT NULL,
	"total" double precision NOT NULL,
	"coverage" double precision NOT NULL,
	"version" integer NOT NULL,
	"watermark" bigint
);
--> statement-breakpoint
CREATE TABLE "slo_readings" (
	"slo_id" integer PRIMARY KEY,
	"status" json NOT NULL,
	"detail" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slo_states" (
	"id" serial PRIMARY KEY,
	"slo_id" integer NOT NULL,
	"at" bigint NOT NULL,
	"state" text NOT NULL,
	"policy_state" text NOT NULL,
	"held" boolean NOT NULL,
	"tier" text,
	"version" integer NOT NULL,
	"consumed" double precision
);
--> statement-breakpoint
CREATE TABLE "slo_status" (
	"slo_id" integer PRIMARY KEY,
	"service" text NOT NULL,
	"name" text NOT NULL,
	"team" text,
	"state" text NOT NULL,
	"rank" smallint NOT NULL,
	"remaining" double precision NOT NULL,
	"version" integer NOT NULL,
	"evaluated_at" bigint NOT NULL,
	"enforced" boolean NOT NULL,
	"retired" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX "slo_versions_sli" ON "slo_versions" ("sli_id");--> statement-breakpoint
CREATE INDEX "slos_team" ON "slos" ("team");--> statement-breakpoint
CREATE INDEX "sli_gaps_sli" ON "sli_gaps" ("sli_id","from_at");--> statement-breakpoint
CREATE INDEX "sli_totals_at" ON "sli_totals" USING brin ("at");--> statement-breakpoint
CREATE INDEX "burn_alerts_slo" ON "burn_alerts" ("slo_id","started_at");--> statement-breakpoint
CREATE INDEX "policy_transitions_slo" ON "policy_transitions" ("slo_id","at");--> statement-breakpoint
CREATE INDEX "slo_states_slo" ON "slo_states" ("slo_id","at");--> statement-breakpoint
CREATE INDEX "slo_status_worst" ON "slo_status" ("rank","remaining","slo_id");