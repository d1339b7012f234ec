-- What a merge brought along, so that taking it back is exact: how many stored events the merged issue had in each hour, and
-- the people it added. Rows go when the issue stands by itself again.
CREATE TABLE "merge_hour" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "hour" timestamptz(0) NOT NULL,
  "rows" integer NOT NULL,
  CONSTRAINT "merge_hour_pkey" PRIMARY KEY ("project_id", "issue_number", "hour")
);
CREATE TABLE "merge_user" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "user_hash" text NOT NULL,
  CONSTRAINT "merge_user_pkey" PRIMARY KEY ("project_id", "issue_number", "user_hash")
);

-- Merges made before: what was received by then is what they brought.
CREATE TEMP TABLE "earlier_merge" ON COMMIT DROP AS
SELECT DISTINCT ON (i."project_id", i."number") i."project_id", i."number", i."merged_into", t."at", t."data"->'restore' AS "restore"
FROM "issue" i
JOIN "turning_point" t ON t."project_id" = i."project_id" AND t."issue_number" = i."merged_into" AND t."kind" = 'merged'
  AND (t."data"->>'number')::integer = i."number"
WHERE i."merged_into" IS NOT NULL
ORDER BY i."project_id", i."number", t."id" DESC;

INSERT INTO "merge_hour" ("project_id", "issue_number", "hour", "rows")
SELECT m."project_id", m."number", date_trunc('hour', e."time", 'UTC'), count(*)
FROM "earlier_merge" m
JOIN "event" e ON e."project_id" = m."project_id" AND e."issue_number" = m."merged_into" AND e."received_at" <= m."at"
  AND m."restore"->'hashes' ? e."hash"
GROUP BY 1, 2, 3;

INSERT INTO "merge_user" ("project_id", "issue_number", "user_hash")
SELECT m."project_id", m."number", u."hash"
FROM "earlier_merge" m, jsonb_array_elements_text(m."restore"->'added_users') AS u ("hash")
ON CONFLICT DO NOTHING;
