CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Base ---------------------------------------------------------------------------------------------------------------
CREATE TABLE "setting" (
  "key" text PRIMARY KEY,
  "value" jsonb NOT NULL,
  "updated_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE "audit_log" (
  "id" bigserial PRIMARY KEY,
  "at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "actor_kind" text NOT NULL CHECK ("actor_kind" IN ('user', 'token', 'system')),
  "actor_id" text,
  "actor_name" text NOT NULL,
  "action" text NOT NULL,
  "target" text NOT NULL,
  "data" jsonb NOT NULL DEFAULT '{}',
  "ip" text
);
CREATE INDEX "audit_log_at_idx" ON "audit_log" ("at" DESC, "id" DESC);

-- People and tokens --------------------------------------------------------------------------------------------------
CREATE TABLE "app_user" (
  "id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "email" text NOT NULL CHECK ("email" = lower("email")),
  "name" text NOT NULL,
  "password_hash" text,
  "role" text NOT NULL CHECK ("role" IN ('viewer', 'engineer', 'reviewer', 'admin')),
  "disabled_at" timestamptz(3),
  "invite_hash" text,
  "invite_until" timestamptz(3),
  "session_epoch" integer NOT NULL DEFAULT 0,
  "preferences" jsonb NOT NULL DEFAULT '{}',
  "demo" boolean NOT NULL DEFAULT false,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_seen_at" timestamptz(3)
);
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user" ("email");
CREATE UNIQUE INDEX "app_user_invite_hash_key" ON "app_user" ("invite_hash");

CREATE TABLE "account" (
  "provider" text NOT NULL,
  "provider_account_id" text NOT NULL,
  "user_id" uuid NOT NULL REFERENCES "app_user" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "account_pkey" PRIMARY KEY ("provider", "provider_account_id")
);

CREATE TABLE "api_token" (
  "id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "name" text NOT NULL,
  "hash" text NOT NULL,
  "prefix" text NOT NULL,
  "scopes" text[] NOT NULL,
  "created_by" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" timestamptz(3),
  "last_used_at" timestamptz(3),
  "revoked_at" timestamptz(3)
);
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token" ("hash");

-- Projects -----------------------------------------------------------------------------------------------------------
CREATE TABLE "project" (
  "id" serial PRIMARY KEY,
  "slug" text NOT NULL,
  "name" text NOT NULL,
  "prefix" text NOT NULL,
  "next_issue" integer NOT NULL DEFAULT 1,
  "platform" text,
  "settings" jsonb NOT NULL DEFAULT '{}',
  "demo" boolean NOT NULL DEFAULT false,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "project_slug_key" ON "project" ("slug");
CREATE UNIQUE INDEX "project_prefix_key" ON "project" ("prefix");

CREATE TABLE "project_key" (
  "id" serial PRIMARY KEY,
  "project_id" integer NOT NULL REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "public_key" text NOT NULL CHECK ("public_key" ~ '^[0-9a-f]{32}$'),
  "label" text NOT NULL DEFAULT 'Default',
  "enabled" boolean NOT NULL DEFAULT true,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_used_at" timestamptz(3)
);
CREATE UNIQUE INDEX "project_key_public_key_key" ON "project_key" ("public_key");
CREATE INDEX "project_key_project_id_idx" ON "project_key" ("project_id");

CREATE TABLE "release" (
  "project_id" integer NOT NULL,
  "version" text NOT NULL,
  "first_seen" timestamptz(3) NOT NULL,
  CONSTRAINT "release_pkey" PRIMARY KEY ("project_id", "version")
);

CREATE TABLE "capture_counter" (
  "project_id" integer NOT NULL,
  "name" text NOT NULL,
  "value" bigint NOT NULL DEFAULT 0,
  "base" bigint NOT NULL DEFAULT 0,
  CONSTRAINT "capture_counter_pkey" PRIMARY KEY ("project_id", "name")
);

-- Issues -------------------------------------------------------------------------------------------------------------
CREATE TABLE "issue" (
  "project_id" integer NOT NULL REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "number" integer NOT NULL,
  "status" text NOT NULL DEFAULT 'new' CHECK ("status" IN ('new', 'ongoing', 'escalating', 'resolved', 'regressed', 'muted')),
  "title" text NOT NULL,
  "type" text NOT NULL DEFAULT '',
  "value" text NOT NULL DEFAULT '',
  "culprit" text NOT NULL DEFAULT '',
  "template" text NOT NULL DEFAULT '',
  "level" text NOT NULL CHECK ("level" IN ('debug', 'info', 'warning', 'error', 'fatal')),
  "platform" text NOT NULL DEFAULT 'other',
  "service" text NOT NULL,
  "environment" text NOT NULL,
  "first_seen" timestamptz(3) NOT NULL,
  "last_seen" timestamptz(3) NOT NULL,
  "event_count" bigint NOT NULL DEFAULT 0,
  "user_count" integer NOT NULL DEFAULT 0,
  "first_release" text,
  "last_release" text,
  "status_changed_at" timestamptz(3) NOT NULL,
  "resolved_at" timestamptz(3),
  "resolved_mode" text CHECK ("resolved_mode" IN ('now', 'release', 'next_release')),
  "resolved_release" text,
  "mute_rule" jsonb,
  "assignee_id" uuid,
  "known_entry_id" integer,
  "known_confidence" double precision,
  "merged_into" integer,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "issue_pkey" PRIMARY KEY ("project_id", "number"),
  -- Muted and resolved exclude each other.
  CONSTRAINT "issue_muted_check" CHECK (("status" = 'muted') = ("mute_rule" IS NOT NULL)),
  CONSTRAINT "issue_resolved_check" CHECK (("status" = 'resolved') = ("resolved_at" IS NOT NULL))
) WITH (fillfactor = 70);
CREATE INDEX "issue_last_seen_idx" ON "issue" ("project_id", "last_seen" DESC, "number" DESC);
CREATE INDEX "issue_status_idx" ON "issue" ("project_id", "status", "last_seen" DESC, "number" DESC);
CREATE INDEX "issue_first_seen_idx" ON "issue" ("project_id", "first_seen" DESC, "number" DESC);

-- The searchable text of an issue stands apart from its row: the row changes with every batch of events, and an inverted
-- index on it would be rewritten each time.
CREATE TABLE "issue_text" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "text" text NOT NULL,
  "search" tsvector GENERATED ALWAYS AS (to_tsvector('simple', "text")) STORED,
  CONSTRAINT "issue_text_pkey" PRIMARY KEY ("project_id", "issue_number"),
  FOREIGN KEY ("project_id", "issue_number") REFERENCES "issue" ("project_id", "number") ON DELETE CASCADE
);
CREATE INDEX "issue_text_search_idx" ON "issue_text" USING gin ("search");
CREATE INDEX "issue_text_trgm_idx" ON "issue_text" USING gin ("text" gin_trgm_ops);

CREATE TABLE "grouping" (
  "project_id" integer NOT NULL,
  "hash" text NOT NULL,
  "issue_number" integer NOT NULL,
  "version" text NOT NULL,
  "parts" jsonb NOT NULL DEFAULT '[]',
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "grouping_pkey" PRIMARY KEY ("project_id", "hash"),
  FOREIGN KEY ("project_id", "issue_number") REFERENCES "issue" ("project_id", "number") ON DELETE CASCADE
);
CREATE INDEX "grouping_project_id_issue_number_idx" ON "grouping" ("project_id", "issue_number");

-- One partition a day, made ahead by the worker; the default one catches what falls outside, so that no event is refused
-- for its date.
CREATE TABLE "event" (
  "project_id" integer NOT NULL,
  "time" timestamptz(3) NOT NULL,
  "id" uuid NOT NULL,
  "issue_number" integer NOT NULL,
  "received_at" timestamptz(3) NOT NULL,
  "level" text NOT NULL,
  "service" text NOT NULL,
  "environment" text NOT NULL,
  "release" text,
  "title" text NOT NULL,
  "hash" text NOT NULL,
  "data" json NOT NULL,
  "raw" json,
  CONSTRAINT "event_pkey" PRIMARY KEY ("project_id", "time", "id")
) PARTITION BY RANGE ("time");
CREATE INDEX "event_issue_idx" ON "event" ("project_id", "issue_number", "time" DESC, "id" DESC);
CREATE INDEX "event_id_idx" ON "event" ("project_id", "id");
CREATE TABLE "event_default" PARTITION OF "event" DEFAULT;

CREATE TABLE "issue_hour" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "hour" timestamptz(0) NOT NULL,
  "count" integer NOT NULL,
  CONSTRAINT "issue_hour_pkey" PRIMARY KEY ("project_id", "issue_number", "hour")
) WITH (fillfactor = 70);

CREATE TABLE "project_hour" (
  "project_id" integer NOT NULL,
  "hour" timestamptz(0) NOT NULL,
  "service" text NOT NULL,
  "environment" text NOT NULL,
  "level" text NOT NULL,
  "count" integer NOT NULL,
  CONSTRAINT "project_hour_pkey" PRIMARY KEY ("project_id", "hour", "service", "environment", "level")
) WITH (fillfactor = 70);

CREATE TABLE "issue_user" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "user_hash" text NOT NULL,
  CONSTRAINT "issue_user_pkey" PRIMARY KEY ("project_id", "issue_number", "user_hash")
);

CREATE TABLE "turning_point" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "id" bigserial NOT NULL,
  "at" timestamptz(3) NOT NULL,
  "kind" text NOT NULL,
  "actor_id" uuid,
  "actor_name" text,
  "data" jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT "turning_point_pkey" PRIMARY KEY ("project_id", "issue_number", "id")
);
CREATE INDEX "turning_point_kind_idx" ON "turning_point" ("kind", "at" DESC);

CREATE TABLE "comment" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "id" bigserial NOT NULL,
  "body" text NOT NULL,
  "author_id" uuid,
  "author_name" text NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "edited_at" timestamptz(3),
  CONSTRAINT "comment_pkey" PRIMARY KEY ("project_id", "issue_number", "id")
);

-- Knowledge ----------------------------------------------------------------------------------------------------------
CREATE TABLE "entry" (
  "id" serial PRIMARY KEY,
  "external_id" text,
  "status" text NOT NULL DEFAULT 'draft' CHECK ("status" IN ('draft', 'in_review', 'published', 'retired')),
  "origin" text NOT NULL DEFAULT 'human' CHECK ("origin" IN ('human', 'import', 'learned')),
  "disputed" boolean NOT NULL DEFAULT false,
  "version" integer NOT NULL DEFAULT 1,
  "content" jsonb NOT NULL,
  "title" text NOT NULL,
  "category" text NOT NULL DEFAULT '',
  "severity" text CHECK ("severity" IN ('low', 'medium', 'high', 'critical')),
  "component" text NOT NULL DEFAULT '',
  "tags" text[] NOT NULL DEFAULT '{}',
  "next_review" date,
  "search_text" text NOT NULL DEFAULT '',
  "search" tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', "title"), 'A') || setweight(to_tsvector('simple', left("search_text", 200000)), 'B')
  ) STORED,
  "source" jsonb,
  "source_key" text,
  "import_hash" text,
  "import_version" integer,
  "owner_id" uuid,
  "demo" boolean NOT NULL DEFAULT false,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "published_at" timestamptz(3),
  "updated_by" text
);
CREATE UNIQUE INDEX "entry_external_id_key" ON "entry" ("external_id");
CREATE UNIQUE INDEX "entry_source_key_key" ON "entry" ("source_key");
CREATE INDEX "entry_status_idx" ON "entry" ("status", "updated_at" DESC, "id" DESC);
CREATE INDEX "entry_updated_idx" ON "entry" ("updated_at" DESC, "id" DESC);
CREATE INDEX "entry_search_idx" ON "entry" USING gin ("search");
CREATE INDEX "entry_title_trgm_idx" ON "entry" USING gin ("title" gin_trgm_ops);

CREATE TABLE "revision" (
  "entry_id" integer NOT NULL REFERENCES "entry" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "version" integer NOT NULL,
  "content" jsonb NOT NULL,
  "status" text NOT NULL,
  "action" text NOT NULL,
  "reason" text NOT NULL DEFAULT '',
  "author_id" uuid,
  "author_name" text NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "revision_pkey" PRIMARY KEY ("entry_id", "version")
);

CREATE TABLE "entry_signature" (
  "entry_id" integer NOT NULL REFERENCES "entry" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "position" integer NOT NULL,
  "kind" text NOT NULL,
  "value" text NOT NULL,
  CONSTRAINT "entry_signature_pkey" PRIMARY KEY ("entry_id", "position")
);
CREATE INDEX "entry_signature_value_idx" ON "entry_signature" ("kind", "value");

CREATE TABLE "guide_section" (
  "slug" text PRIMARY KEY,
  "title" text NOT NULL,
  "body" text NOT NULL,
  "position" integer NOT NULL,
  "version" integer NOT NULL DEFAULT 1,
  "source_key" text,
  "import_hash" text,
  "import_version" integer,
  "demo" boolean NOT NULL DEFAULT false,
  "updated_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_by" text
);
CREATE UNIQUE INDEX "guide_section_source_key_key" ON "guide_section" ("source_key");

-- Learning -----------------------------------------------------------------------------------------------------------
CREATE TABLE "suggestion" (
  "id" bigserial PRIMARY KEY,
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "kind" text NOT NULL DEFAULT 'match' CHECK ("kind" IN ('match', 'draft', 'update')),
  "entry_id" integer REFERENCES "entry" ("id") ON DELETE CASCADE,
  "draft" jsonb,
  "score" double precision NOT NULL,
  "confidence" double precision NOT NULL,
  "evidence" jsonb NOT NULL DEFAULT '[]',
  "status" text NOT NULL DEFAULT 'pending' CHECK ("status" IN ('pending', 'accepted', 'rejected', 'superseded')),
  "reason" text CHECK ("reason" IN ('wrong_cause', 'unsafe', 'duplicate', 'outdated', 'not_useful')),
  "note" text,
  "decided_by" uuid,
  "decided_name" text,
  "decided_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  FOREIGN KEY ("project_id", "issue_number") REFERENCES "issue" ("project_id", "number") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "suggestion_pair_key" ON "suggestion" ("project_id", "issue_number", "entry_id");
CREATE INDEX "suggestion_status_idx" ON "suggestion" ("status", "id" DESC);
CREATE INDEX "suggestion_entry_idx" ON "suggestion" ("entry_id");

CREATE TABLE "fix" (
  "id" bigserial PRIMARY KEY,
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "entry_id" integer NOT NULL REFERENCES "entry" ("id") ON DELETE CASCADE,
  "suggestion_id" bigint,
  "applied_at" timestamptz(3) NOT NULL,
  "applied_by" uuid,
  "applied_name" text NOT NULL,
  "release" text,
  "verdict" text NOT NULL DEFAULT 'watching' CHECK ("verdict" IN ('watching', 'held', 'recurred', 'inconclusive')),
  "verdict_at" timestamptz(3),
  "baseline_rate" double precision NOT NULL,
  "issue_first_seen" timestamptz(3) NOT NULL,
  "resolved_at" timestamptz(3),
  "recurred_event" uuid,
  FOREIGN KEY ("project_id", "issue_number") REFERENCES "issue" ("project_id", "number") ON DELETE CASCADE
);
CREATE INDEX "fix_issue_idx" ON "fix" ("project_id", "issue_number", "applied_at" DESC);
CREATE INDEX "fix_entry_idx" ON "fix" ("entry_id", "verdict");
CREATE INDEX "fix_verdict_idx" ON "fix" ("verdict", "applied_at");

CREATE TABLE "learning_pass" (
  "id" bigserial PRIMARY KEY,
  "trigger" text NOT NULL CHECK ("trigger" IN ('schedule', 'manual', 'api')),
  "status" text NOT NULL DEFAULT 'queued' CHECK ("status" IN ('queued', 'running', 'done', 'failed')),
  "progress" jsonb NOT NULL DEFAULT '{}',
  "error" text,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "started_at" timestamptz(3),
  "finished_at" timestamptz(3)
);
CREATE INDEX "learning_pass_created_idx" ON "learning_pass" ("created_at" DESC);
