CREATE TABLE "slo_groupings" (
	"slo_id" integer PRIMARY KEY,
	"asked_at" bigint NOT NULL,
	"found" integer NOT NULL,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "slo_instances" (
	"slo_id" integer,
	"labels" jsonb NOT NULL,
	"key" text,
	"first_seen_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	CONSTRAINT "slo_instances_pkey" PRIMARY KEY("slo_id","key")
);
--> statement-breakpoint
CREATE TABLE "document_repositories" (
	"name" text PRIMARY KEY,
	"repository_id" text,
	"url" text,
	"commit" text,
	"trees" jsonb NOT NULL,
	"files" jsonb NOT NULL,
	"revision" text NOT NULL,
	"checked_at" bigint,
	"error" text,
	"error_since" bigint
);
--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "url" text;--> statement-breakpoint
ALTER TABLE "slo_versions" ADD COLUMN "commit" text;--> statement-breakpoint
ALTER TABLE "slo_versions" ADD COLUMN "url" text;--> statement-breakpoint
ALTER TABLE "exclusions" ADD COLUMN "document_path" text;--> statement-breakpoint
ALTER TABLE "exclusions" ADD COLUMN "timeliness" text;--> statement-breakpoint
CREATE INDEX "alerts_without_incident" ON "alerts" ("ends_at") WHERE ("incident_id" is null);--> statement-breakpoint
CREATE INDEX "notice_deliveries_receiver" ON "notice_deliveries" ("receiver_id","state","done_at");