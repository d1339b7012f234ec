-- What clients send besides events. Like the other counters these have no foreign key: a report for a project that is
-- being deleted must not sink the batch it came with.

-- How sessions ended, by release and UTC day of their start. `exited` are those without an error.
CREATE TABLE "release_session" (
  "project_id" integer NOT NULL,
  "release" text NOT NULL,
  "environment" text NOT NULL,
  "day" date NOT NULL,
  "started" bigint NOT NULL DEFAULT 0,
  "exited" bigint NOT NULL DEFAULT 0,
  "errored" bigint NOT NULL DEFAULT 0,
  "crashed" bigint NOT NULL DEFAULT 0,
  "abnormal" bigint NOT NULL DEFAULT 0,
  CONSTRAINT "release_session_pkey" PRIMARY KEY ("project_id", "release", "environment", "day")
) WITH (fillfactor = 70);

-- What never became an event: thrown away by the SDK (`sdk`), as it reports itself, or here (`errata`).
CREATE TABLE "discarded_item" (
  "project_id" integer NOT NULL,
  "day" date NOT NULL,
  "source" text NOT NULL CHECK ("source" IN ('sdk', 'errata')),
  "reason" text NOT NULL,
  "category" text NOT NULL,
  "count" bigint NOT NULL DEFAULT 0,
  CONSTRAINT "discarded_item_pkey" PRIMARY KEY ("project_id", "day", "source", "reason", "category")
) WITH (fillfactor = 70);

-- What people wrote about an error. Often sent before its event, so the issue is found through the event when read.
CREATE TABLE "user_feedback" (
  "project_id" integer NOT NULL,
  "id" uuid NOT NULL,
  "event_id" uuid,
  "name" text NOT NULL DEFAULT '',
  "email" text NOT NULL DEFAULT '',
  "message" text NOT NULL,
  "url" text NOT NULL DEFAULT '',
  "environment" text NOT NULL DEFAULT '',
  "release" text NOT NULL DEFAULT '',
  "at" timestamptz(3) NOT NULL,
  "received_at" timestamptz(3) NOT NULL,
  CONSTRAINT "user_feedback_pkey" PRIMARY KEY ("project_id", "id")
);
CREATE INDEX "user_feedback_event_idx" ON "user_feedback" ("project_id", "event_id");
CREATE INDEX "user_feedback_at_idx" ON "user_feedback" ("project_id", "at" DESC);

-- The bytes lie on disk, in the data folder under attachments/<project>/<first two digits>/<sha256>.
CREATE TABLE "event_attachment" (
  "project_id" integer NOT NULL,
  "event_id" uuid NOT NULL,
  "id" bigserial NOT NULL,
  "filename" text NOT NULL,
  "content_type" text NOT NULL,
  "kind" text NOT NULL,
  "size" integer NOT NULL,
  "sha256" text NOT NULL CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  "received_at" timestamptz(3) NOT NULL,
  CONSTRAINT "event_attachment_pkey" PRIMARY KEY ("project_id", "event_id", "id")
);
CREATE UNIQUE INDEX "event_attachment_file_key" ON "event_attachment" ("project_id", "event_id", "filename", "sha256");
