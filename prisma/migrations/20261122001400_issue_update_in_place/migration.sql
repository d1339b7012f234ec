-- Capture updates the row of an issue with every batch. Where no indexed column changes, PostgreSQL writes the new row
-- beside the old one and leaves all indexes alone. The time an issue was last seen changes each time, so what is indexed is
-- its hour; who sorts by the time sorts by the hour first.
ALTER TABLE "issue" ADD COLUMN "last_seen_hour" timestamptz(0) NOT NULL
  GENERATED ALWAYS AS (date_bin('1 hour', "last_seen", timestamptz '2000-01-01 00:00:00+00')) STORED;

DROP INDEX "issue_last_seen_idx";
DROP INDEX "issue_status_idx";
CREATE INDEX "issue_last_seen_idx" ON "issue" ("project_id", "last_seen_hour" DESC);
CREATE INDEX "issue_status_idx" ON "issue" ("project_id", "status", "last_seen_hour" DESC);
