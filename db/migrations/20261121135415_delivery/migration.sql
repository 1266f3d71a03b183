CREATE TABLE "action_items" (
	"id" text PRIMARY KEY,
	"team" text NOT NULL,
	"month" text NOT NULL,
	"text" text NOT NULL,
	"owner" text,
	"due" text,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"done_at" bigint,
	"done_by" text
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"id" text PRIMARY KEY,
	"repository" text NOT NULL,
	"number" integer,
	"title" text NOT NULL,
	"url" text,
	"author" text,
	"bot" boolean NOT NULL,
	"labels" text[] NOT NULL,
	"commits" jsonb NOT NULL,
	"merge_shas" text[] NOT NULL,
	"opened_at" bigint,
	"ready_at" bigint,
	"first_review_at" bigint,
	"merged_at" bigint NOT NULL,
	"reverts" text
);
--> statement-breakpoint
CREATE TABLE "delivery_progress" (
	"source" text PRIMARY KEY,
	"cursor" jsonb,
	"points_used" integer DEFAULT 0 NOT NULL,
	"points_remaining" integer,
	"points_limit" integer,
	"points_reset_at" bigint,
	"failures" jsonb DEFAULT '[]' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_revision" (
	"id" integer PRIMARY KEY,
	"revision" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deployment_marks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deployment_marks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"deployment_id" text NOT NULL,
	"mark" text NOT NULL,
	"reason" text,
	"by_name" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deployments" (
	"id" text PRIMARY KEY,
	"service" text NOT NULL,
	"environment" text NOT NULL,
	"sha" text,
	"ref" text,
	"created_at" bigint NOT NULL,
	"statuses" jsonb NOT NULL,
	"source" text NOT NULL,
	"url" text,
	"creator" text
);
--> statement-breakpoint
CREATE TABLE "incident_links" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incident_links_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"incident_id" text NOT NULL,
	"deployment_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" bigint NOT NULL,
	"removed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "incident_notes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incident_notes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"incident_id" text NOT NULL,
	"at" bigint NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"by_name" text,
	"natural_key" text UNIQUE
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY,
	"origin" text NOT NULL,
	"service" text NOT NULL,
	"title" text NOT NULL,
	"url" text,
	"severity" text NOT NULL,
	"started_at" bigint NOT NULL,
	"detected_at" bigint,
	"mitigated_at" bigint,
	"resolved_at" bigint,
	"links" jsonb DEFAULT '[]' NOT NULL,
	"runbook_url" text,
	"postmortem_url" text,
	"review" jsonb DEFAULT '{}' NOT NULL,
	"by_hand" text[] DEFAULT '{}'::text[] NOT NULL,
	"merged_into" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "repositories" (
	"id" text PRIMARY KEY,
	"source" text NOT NULL,
	"full_name" text NOT NULL,
	"url" text NOT NULL,
	"collected_from" bigint NOT NULL,
	"complete" boolean NOT NULL,
	"seen_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"month" text,
	"team" text,
	"zone" text NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"updated_at" bigint NOT NULL,
	"updated_by" text NOT NULL,
	"published_at" bigint,
	"published_by" text,
	"content" text,
	"hash" text,
	CONSTRAINT "reviews_pkey" PRIMARY KEY("month","team")
);
--> statement-breakpoint
CREATE TABLE "shipped" (
	"deployment_id" text PRIMARY KEY,
	"previous_sha" text,
	"shas" text[] NOT NULL,
	"confidence" text NOT NULL,
	"complete" boolean NOT NULL
);
--> statement-breakpoint
CREATE INDEX "action_items_team" ON "action_items" ("team","month");--> statement-breakpoint
CREATE INDEX "changes_merged" ON "changes" ("merged_at");--> statement-breakpoint
CREATE INDEX "deployment_marks_of" ON "deployment_marks" ("deployment_id");--> statement-breakpoint
CREATE INDEX "deployments_service" ON "deployments" ("service","created_at");--> statement-breakpoint
CREATE INDEX "deployments_at" ON "deployments" ("created_at");--> statement-breakpoint
CREATE INDEX "incident_links_of" ON "incident_links" ("incident_id");--> statement-breakpoint
CREATE INDEX "incident_notes_of" ON "incident_notes" ("incident_id","at");--> statement-breakpoint
CREATE INDEX "incidents_service" ON "incidents" ("service","started_at");--> statement-breakpoint
CREATE INDEX "incidents_at" ON "incidents" ("started_at");--> statement-breakpoint
INSERT INTO "delivery_revision" ("id", "revision") VALUES (1, 0);
--> statement-breakpoint
CREATE FUNCTION "count_delivery_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM changed) THEN
    UPDATE delivery_revision SET revision = revision + 1;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "deployments_insert_counted" AFTER INSERT ON "deployments"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "deployments_update_counted" AFTER UPDATE ON "deployments"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "deployments_delete_counted" AFTER DELETE ON "deployments"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "changes_insert_counted" AFTER INSERT ON "changes"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "changes_update_counted" AFTER UPDATE ON "changes"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "changes_delete_counted" AFTER DELETE ON "changes"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "shipped_insert_counted" AFTER INSERT ON "shipped"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "shipped_update_counted" AFTER UPDATE ON "shipped"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "shipped_delete_counted" AFTER DELETE ON "shipped"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "deployment_marks_insert_counted" AFTER INSERT ON "deployment_marks"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "deployment_marks_update_counted" AFTER UPDATE ON "deployment_marks"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "deployment_marks_delete_counted" AFTER DELETE ON "deployment_marks"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "incidents_insert_counted" AFTER INSERT ON "incidents"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "incidents_update_counted" AFTER UPDATE ON "incidents"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "incidents_delete_counted" AFTER DELETE ON "incidents"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "incident_links_insert_counted" AFTER INSERT ON "incident_links"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "incident_links_update_counted" AFTER UPDATE ON "incident_links"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
--> statement-breakpoint
CREATE TRIGGER "incident_links_delete_counted" AFTER DELETE ON "incident_links"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_delivery_change"();
