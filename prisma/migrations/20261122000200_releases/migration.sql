-- When a release was last heard of, and how many events it sent. Kept by capture, so that no page has to scan events.
ALTER TABLE "release" ADD COLUMN "last_seen" timestamptz(3);
ALTER TABLE "release" ADD COLUMN "event_count" bigint NOT NULL DEFAULT 0;
UPDATE "release" r SET "last_seen" = e."last_seen", "event_count" = e."events"
FROM (SELECT "project_id", "release", max("time") AS "last_seen", count(*) AS "events" FROM "event"
      WHERE "release" IS NOT NULL GROUP BY 1, 2) e
WHERE e."project_id" = r."project_id" AND e."release" = r."version";
UPDATE "release" SET "last_seen" = "first_seen" WHERE "last_seen" IS NULL;
ALTER TABLE "release" ALTER COLUMN "last_seen" SET NOT NULL, ALTER COLUMN "last_seen" SET DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "release" SET (fillfactor = 70);

-- The issues that a release brought, and those that were resolved in it.
CREATE INDEX "issue_first_release_idx" ON "issue" ("project_id", "first_release") WHERE "first_release" IS NOT NULL;
CREATE INDEX "issue_resolved_release_idx" ON "issue" ("project_id", "resolved_release") WHERE "resolved_release" IS NOT NULL;

-- Sums that were added, by the id they travelled under: what comes out of the spool again is not added twice.
CREATE TABLE "counted_batch" (
  "id" uuid PRIMARY KEY,
  "at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "counted_batch_at_idx" ON "counted_batch" ("at");

-- How many events each inbound filter of a project dropped, by UTC day. `filter`: `message:*timeout*`, `health_checks`.
CREATE TABLE "filter_drop" (
  "project_id" integer NOT NULL,
  "day" date NOT NULL,
  "filter" text NOT NULL,
  "count" bigint NOT NULL DEFAULT 0,
  CONSTRAINT "filter_drop_pkey" PRIMARY KEY ("project_id", "day", "filter")
) WITH (fillfactor = 70);
