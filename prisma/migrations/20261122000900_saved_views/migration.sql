-- Addresses that people come back to: the filters of a list under a name.
CREATE TABLE "saved_view" (
  "id" uuid NOT NULL,
  "page" text NOT NULL,
  "name" text NOT NULL,
  "search" text NOT NULL,
  "shared" boolean NOT NULL DEFAULT false,
  "owner_id" uuid NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "saved_view_owner_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user" ("id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "saved_view_name_key" ON "saved_view" ("owner_id", "page", "name");
CREATE INDEX "saved_view_shared_idx" ON "saved_view" ("page") WHERE "shared";

-- The view a person's list opens with.
CREATE TABLE "default_view" (
  "user_id" uuid NOT NULL,
  "page" text NOT NULL,
  "view_id" uuid NOT NULL,
  CONSTRAINT "default_view_pkey" PRIMARY KEY ("user_id", "page"),
  CONSTRAINT "default_view_user_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user" ("id") ON DELETE CASCADE,
  CONSTRAINT "default_view_view_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_view" ("id") ON DELETE CASCADE
);
CREATE INDEX "default_view_view_idx" ON "default_view" ("view_id");
