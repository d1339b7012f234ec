-- Signatures of messages without a stack, in the order in which they were first seen. Rows are only ever added: the
-- templates are a fold over them, so every process that has read the same rows groups alike.
CREATE TABLE "message_signature" (
  "project_id" integer NOT NULL REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "id" bigserial NOT NULL,
  "scope" text NOT NULL,
  "hash" text NOT NULL,
  "signature" text NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "message_signature_pkey" PRIMARY KEY ("project_id", "id")
);
CREATE UNIQUE INDEX "message_signature_hash_key" ON "message_signature" ("project_id", "hash");

-- What an issue's first event holds, for "similar issues".
CREATE TABLE "issue_feature" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "features" text[] NOT NULL,
  CONSTRAINT "issue_feature_pkey" PRIMARY KEY ("project_id", "issue_number"),
  FOREIGN KEY ("project_id", "issue_number") REFERENCES "issue" ("project_id", "number") ON DELETE CASCADE
);
CREATE INDEX "issue_feature_features_idx" ON "issue_feature" USING gin ("features");
