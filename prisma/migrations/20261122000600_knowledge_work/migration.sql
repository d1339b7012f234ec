-- Work on knowledge: drafts that outlive a lost connection, pictures, threads of a review, prevention items as rows,
-- notifications, and indexes for lists of 100,000 entries.

CREATE TABLE "entry_draft" (
  "user_id" uuid NOT NULL REFERENCES "app_user" ("id") ON DELETE CASCADE,
  -- `ERROR-042`, or `new`.
  "entry_key" text NOT NULL,
  -- Revision it started from; 0 for a new entry.
  "version" integer NOT NULL,
  "content" jsonb NOT NULL,
  "saved_at" timestamptz(3) NOT NULL,
  CONSTRAINT "entry_draft_pkey" PRIMARY KEY ("user_id", "entry_key")
);

CREATE TABLE "entry_image" (
  "sha256" text PRIMARY KEY,
  "content_type" text NOT NULL,
  "size" integer NOT NULL,
  "bytes" bytea NOT NULL,
  "created_by" uuid,
  "created_at" timestamptz(3) NOT NULL
);

CREATE TABLE "review_comment" (
  "id" bigserial PRIMARY KEY,
  "entry_id" integer NOT NULL REFERENCES "entry" ("id") ON DELETE CASCADE,
  -- The first comment of the thread; null for that one itself.
  "thread_id" bigint REFERENCES "review_comment" ("id") ON DELETE CASCADE,
  -- Name of the field it is about; '' for the entry as a whole.
  "field" text NOT NULL DEFAULT '',
  "version" integer NOT NULL,
  "body" text NOT NULL,
  "author_id" uuid,
  "author_name" text NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "resolved_at" timestamptz(3),
  "resolved_name" text
);
CREATE INDEX "review_comment_entry_idx" ON "review_comment" ("entry_id", "id");

CREATE TABLE "prevention_item" (
  "entry_id" integer NOT NULL REFERENCES "entry" ("id") ON DELETE CASCADE,
  "position" integer NOT NULL,
  "text" text NOT NULL,
  "done" boolean NOT NULL,
  "owner" text NOT NULL DEFAULT '',
  "due" date,
  "link" text NOT NULL DEFAULT '',
  CONSTRAINT "prevention_item_pkey" PRIMARY KEY ("entry_id", "position")
);
-- An item without a date comes after all that have one.
CREATE INDEX "prevention_item_open_idx" ON "prevention_item" ((coalesce("due", 'infinity'::date)), "entry_id", "position") WHERE NOT "done";
CREATE INDEX "prevention_item_owner_idx" ON "prevention_item" ("owner") WHERE NOT "done";
INSERT INTO "prevention_item" ("entry_id", "position", "text", "done", "owner", "link")
SELECT e."id", (i."n" - 1)::integer, coalesce(i."item"->>'text', ''), coalesce((i."item"->>'done')::boolean, false),
       coalesce(i."item"->>'owner', ''), coalesce(i."item"->>'link', '')
  FROM "entry" e, jsonb_array_elements(coalesce(e."content"->'prevention', '[]'::jsonb)) WITH ORDINALITY AS i("item", "n")
 WHERE e."status" <> 'retired';

CREATE TABLE "notification" (
  "id" bigserial PRIMARY KEY,
  "user_id" uuid NOT NULL REFERENCES "app_user" ("id") ON DELETE CASCADE,
  "kind" text NOT NULL,
  "title" text NOT NULL,
  "detail" text NOT NULL DEFAULT '',
  "href" text NOT NULL,
  -- What it is about, so that the same thing is told once.
  "key" text,
  "actor_name" text NOT NULL DEFAULT '',
  "created_at" timestamptz(3) NOT NULL,
  "read_at" timestamptz(3)
);
CREATE INDEX "notification_user_idx" ON "notification" ("user_id", "id" DESC);
CREATE UNIQUE INDEX "notification_key" ON "notification" ("user_id", "key");
CREATE INDEX "notification_unread_idx" ON "notification" ("user_id") WHERE "read_at" IS NULL;

CREATE INDEX "entry_created_idx" ON "entry" ("created_at" DESC, "id" DESC);
CREATE INDEX "entry_title_sort_idx" ON "entry" (("title" COLLATE "C"), "id");
CREATE INDEX "entry_review_sort_idx" ON "entry" ((coalesce("next_review", 'infinity'::date)), "id");
CREATE INDEX "entry_tags_idx" ON "entry" USING gin ("tags");
-- Facets count from this alone, without the rows.
CREATE INDEX "entry_facet_idx" ON "entry" ("status", "category", "severity", "component", "origin", "disputed", "next_review");
CREATE INDEX "entry_category_idx" ON "entry" ("category", "updated_at" DESC, "id" DESC);
CREATE INDEX "entry_component_idx" ON "entry" ("component", "updated_at" DESC, "id" DESC);
CREATE INDEX "entry_owner_idx" ON "entry" ("owner_id", "updated_at" DESC, "id" DESC) WHERE "owner_id" IS NOT NULL;
