-- Events that are counted without being kept: the ids, for as long as the same event may come again.
CREATE TABLE "sampled_event" (
  "project_id" integer NOT NULL,
  "time" timestamptz(3) NOT NULL,
  "id" uuid NOT NULL,
  "issue_number" integer NOT NULL,
  "seen_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "sampled_event_pkey" PRIMARY KEY ("project_id", "id", "time")
);
CREATE INDEX "sampled_event_seen_idx" ON "sampled_event" ("seen_at");
