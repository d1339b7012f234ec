-- A stack that several events have is stored once; their rows name it. "body": {"text", "frames"}, see
-- lib/db/stored-stack.ts. "hash" is of the body. "last_used" is the day on which an event that names it was last stored.
CREATE TABLE "stack" (
  "project_id" integer NOT NULL,
  "hash" uuid NOT NULL,
  "body" text NOT NULL,
  "last_used" date NOT NULL,
  CONSTRAINT "stack_pkey" PRIMARY KEY ("project_id", "hash"),
  CONSTRAINT "stack_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project" ("id") ON DELETE CASCADE
);
