-- What stands in the stack of an issue's event beyond the functions of its own code: all frames and their source lines, at
-- most 4,000 characters, for searches for a part of them. A job writes it, capture does not.
CREATE TABLE "issue_stack" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "text" text NOT NULL,
  CONSTRAINT "issue_stack_pkey" PRIMARY KEY ("project_id", "issue_number"),
  FOREIGN KEY ("project_id", "issue_number") REFERENCES "issue" ("project_id", "number") ON DELETE CASCADE
);
CREATE INDEX "issue_stack_trgm_idx" ON "issue_stack" USING gin ("text" gin_trgm_ops);
