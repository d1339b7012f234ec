-- What a draft is made of: one source a sentence, who wrote it, the hash of what it was written from, and how far the
-- accepted words are from the proposed ones.
ALTER TABLE "suggestion"
  ADD COLUMN "citations" jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN "author" text CHECK ("author" IN ('rules', 'model')),
  ADD COLUMN "evidence_hash" text NOT NULL DEFAULT '',
  ADD COLUMN "edit_distance" double precision;
-- An issue may have a match with an entry and updates to it; each update once.
DROP INDEX "suggestion_pair_key";
CREATE UNIQUE INDEX "suggestion_pair_key" ON "suggestion" ("project_id", "issue_number", "entry_id", "kind", "evidence_hash")
  WHERE "kind" <> 'draft';
CREATE UNIQUE INDEX "suggestion_draft_key" ON "suggestion" ("project_id", "issue_number") WHERE "kind" = 'draft';
CREATE INDEX "suggestion_issue_idx" ON "suggestion" ("project_id", "issue_number", "created_at");

-- The same failure in several issues, whichever service or project they belong to.
CREATE TABLE "pattern" (
  "id" bigserial PRIMARY KEY,
  "title" text NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL
);
CREATE TABLE "pattern_key" (
  "key" text PRIMARY KEY,
  "pattern_id" bigint NOT NULL REFERENCES "pattern" ("id") ON DELETE CASCADE,
  "kind" text NOT NULL CHECK ("kind" IN ('template', 'frames')),
  "value" text NOT NULL
);
CREATE INDEX "pattern_key_pattern_idx" ON "pattern_key" ("pattern_id");
CREATE TABLE "pattern_issue" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "pattern_id" bigint NOT NULL REFERENCES "pattern" ("id") ON DELETE CASCADE,
  PRIMARY KEY ("project_id", "issue_number"),
  FOREIGN KEY ("project_id", "issue_number") REFERENCES "issue" ("project_id", "number") ON DELETE CASCADE
);
CREATE INDEX "pattern_issue_pattern_idx" ON "pattern_issue" ("pattern_id");

-- What people and time said about an entry as the answer to an issue; the ranking follows from it.
CREATE TABLE "match_feedback" (
  "id" bigserial PRIMARY KEY,
  "entry_id" integer NOT NULL REFERENCES "entry" ("id") ON DELETE CASCADE,
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "service" text NOT NULL,
  "kind" text NOT NULL CHECK ("kind" IN ('accepted', 'rejected', 'helped', 'unhelped')),
  "reason" text,
  "suggestion_id" bigint,
  "actor_id" uuid,
  "actor_name" text NOT NULL,
  "at" timestamptz(3) NOT NULL,
  FOREIGN KEY ("project_id", "issue_number") REFERENCES "issue" ("project_id", "number") ON DELETE CASCADE
);
CREATE INDEX "match_feedback_entry_idx" ON "match_feedback" ("entry_id");
CREATE UNIQUE INDEX "match_feedback_suggestion_key" ON "match_feedback" ("suggestion_id");
CREATE UNIQUE INDEX "match_feedback_voice_key"
  ON "match_feedback" ("entry_id", "project_id", "issue_number", "actor_name") WHERE "suggestion_id" IS NULL;
INSERT INTO "match_feedback" ("entry_id", "project_id", "issue_number", "service", "kind", "reason", "suggestion_id", "actor_id", "actor_name", "at")
  SELECT s."entry_id", s."project_id", s."issue_number", i."service", s."status", s."reason", s."id", s."decided_by",
    coalesce(s."decided_name", ''), coalesce(s."decided_at", s."created_at")
  FROM "suggestion" s JOIN "issue" i ON i."project_id" = s."project_id" AND i."number" = s."issue_number"
  WHERE s."entry_id" IS NOT NULL AND s."status" IN ('accepted', 'rejected');

-- Two entries that say the same. A pair is proposed once.
CREATE TABLE "entry_merge" (
  "id" bigserial PRIMARY KEY,
  "keep_id" integer NOT NULL REFERENCES "entry" ("id") ON DELETE CASCADE,
  "drop_id" integer NOT NULL REFERENCES "entry" ("id") ON DELETE CASCADE,
  "score" double precision NOT NULL,
  "evidence" jsonb NOT NULL DEFAULT '[]',
  "status" text NOT NULL DEFAULT 'pending' CHECK ("status" IN ('pending', 'accepted', 'rejected', 'superseded')),
  "decided_by" uuid,
  "decided_name" text,
  "decided_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX "entry_merge_pair_key" ON "entry_merge" (least("keep_id", "drop_id"), greatest("keep_id", "drop_id"));
CREATE INDEX "entry_merge_status_idx" ON "entry_merge" ("status", "id" DESC);

-- Answers of the language model, so that the same question is not paid for twice; also what a day's budget is counted by.
CREATE TABLE "model_answer" (
  "id" bigserial PRIMARY KEY,
  "fingerprint" text NOT NULL,
  "evidence_hash" text NOT NULL,
  "model" text NOT NULL,
  "outcome" text NOT NULL CHECK ("outcome" IN ('answered', 'unusable', 'timed_out', 'refused', 'failed')),
  "answer" jsonb,
  "tokens" integer NOT NULL DEFAULT 0,
  "at" timestamptz(3) NOT NULL
);
CREATE INDEX "model_answer_question_idx" ON "model_answer" ("fingerprint", "evidence_hash", "model");
CREATE INDEX "model_answer_at_idx" ON "model_answer" ("at");
