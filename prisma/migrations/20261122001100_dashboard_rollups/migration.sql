-- Charts over months read days instead of hours. The days follow from the hours by triggers, once a statement: whoever
-- writes hours (capture, merges, splits and what takes them back, sample data) cannot forget them.

-- Events by error type and by release, as each event came; merging issues leaves them alone.
CREATE TABLE "facet_hour" (
  "facet" text NOT NULL CHECK ("facet" IN ('type', 'release')),
  "hour" timestamptz(0) NOT NULL,
  "project_id" integer NOT NULL,
  "service" text NOT NULL,
  "environment" text NOT NULL,
  "key" text NOT NULL,
  "count" integer NOT NULL,
  CONSTRAINT "facet_hour_pkey" PRIMARY KEY ("facet", "hour", "project_id", "service", "environment", "key")
) WITH (fillfactor = 70);

-- `hour` is the first of the day, UTC: days and hours are read by the same statements.
CREATE TABLE "facet_day" (LIKE "facet_hour" INCLUDING ALL) WITH (fillfactor = 70);

CREATE TABLE "issue_day" (
  "hour" timestamptz(0) NOT NULL,
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "count" integer NOT NULL,
  CONSTRAINT "issue_day_pkey" PRIMARY KEY ("hour", "project_id", "issue_number")
) WITH (fillfactor = 70);

CREATE TABLE "project_day" (
  "hour" timestamptz(0) NOT NULL,
  "project_id" integer NOT NULL,
  "service" text NOT NULL,
  "environment" text NOT NULL,
  "level" text NOT NULL,
  "count" integer NOT NULL,
  CONSTRAINT "project_day_pkey" PRIMARY KEY ("hour", "project_id", "service", "environment", "level")
) WITH (fillfactor = 70);

INSERT INTO "issue_day" SELECT date_trunc('day', hour, 'UTC'), project_id, issue_number, sum(count) FROM issue_hour GROUP BY 1, 2, 3;
INSERT INTO "project_day"
  SELECT date_trunc('day', hour, 'UTC'), project_id, service, environment, level, sum(count) FROM project_hour GROUP BY 1, 2, 3, 4, 5;

-- What is stored of the past is counted as it came; of what is only counted, nobody knows the release.
INSERT INTO "facet_hour" SELECT 'type', h.hour, h.project_id, i.service, i.environment, i.type, sum(h.count)
  FROM issue_hour h JOIN issue i ON i.project_id = h.project_id AND i.number = h.issue_number
  WHERE i.merged_into IS NULL GROUP BY 2, 3, 4, 5, 6;
INSERT INTO "facet_hour" SELECT 'release', date_trunc('hour', time, 'UTC'), project_id, service, environment, coalesce(release, ''), count(*)
  FROM event GROUP BY 2, 3, 4, 5, 6;
INSERT INTO "facet_day" SELECT facet, date_trunc('day', hour, 'UTC'), project_id, service, environment, key, sum(count)
  FROM facet_hour GROUP BY 1, 2, 3, 4, 5, 6;

-- One function a table, each with its statements written out, so that their plans are kept.
DO $do$
DECLARE
  of record;
BEGIN
  FOR of IN SELECT * FROM (VALUES
    ('issue', 'project_id, issue_number'),
    ('project', 'project_id, service, environment, level'),
    ('facet', 'facet, project_id, service, environment, key')) AS t (noun, keys)
  LOOP
    EXECUTE format($sql$
      CREATE FUNCTION follow_%1$s_hours() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          INSERT INTO %1$s_day AS d (hour, %2$s, count)
            SELECT date_trunc('day', hour, 'UTC') AS day, %2$s, sum(count) FROM fresh GROUP BY day, %2$s ORDER BY day, %2$s
          ON CONFLICT (hour, %2$s) DO UPDATE SET count = d.count + excluded.count;
        ELSIF TG_OP = 'UPDATE' THEN
          INSERT INTO %1$s_day AS d (hour, %2$s, count)
            SELECT day, %2$s, sum(count) FROM (
              SELECT date_trunc('day', hour, 'UTC') AS day, %2$s, count FROM fresh
              UNION ALL SELECT date_trunc('day', hour, 'UTC'), %2$s, -count FROM gone) c
            GROUP BY day, %2$s HAVING sum(count) <> 0 ORDER BY day, %2$s
          ON CONFLICT (hour, %2$s) DO UPDATE SET count = d.count + excluded.count;
        ELSE
          INSERT INTO %1$s_day AS d (hour, %2$s, count)
            SELECT date_trunc('day', hour, 'UTC') AS day, %2$s, -sum(count) FROM gone GROUP BY day, %2$s ORDER BY day, %2$s
          ON CONFLICT (hour, %2$s) DO UPDATE SET count = d.count + excluded.count;
          -- A day without events has no row: it would count as one in which something was seen.
          DELETE FROM %1$s_day d USING (SELECT DISTINCT date_trunc('day', hour, 'UTC') AS day, %2$s FROM gone) g
            WHERE d.hour = g.day AND %3$s AND d.count <= 0;
        END IF;
        RETURN NULL;
      END $$$sql$,
      of.noun, of.keys,
      (SELECT string_agg(format('d.%1$s = g.%1$s', k), ' AND ') FROM unnest(string_to_array(of.keys, ', ')) k));
    EXECUTE format('CREATE TRIGGER %1$s_hour_added AFTER INSERT ON %1$s_hour REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION follow_%1$s_hours()', of.noun);
    EXECUTE format('CREATE TRIGGER %1$s_hour_changed AFTER UPDATE ON %1$s_hour REFERENCING OLD TABLE AS gone NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION follow_%1$s_hours()', of.noun);
    EXECUTE format('CREATE TRIGGER %1$s_hour_removed AFTER DELETE ON %1$s_hour REFERENCING OLD TABLE AS gone
      FOR EACH STATEMENT EXECUTE FUNCTION follow_%1$s_hours()', of.noun);
  END LOOP;
END $do$;

-- The hours at the ends of a range are found by their time. Rows arrive in its order, so that a coarse index does.
CREATE INDEX "issue_hour_time_idx" ON "issue_hour" USING brin ("hour") WITH (pages_per_range = 32, autosummarize = on);

-- Which tags the events of an issue ever had; of each name at most so many values an issue.
CREATE TABLE "issue_tag" (
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "key" text NOT NULL,
  "value" text NOT NULL,
  CONSTRAINT "issue_tag_pkey" PRIMARY KEY ("project_id", "issue_number", "key", "value"),
  FOREIGN KEY ("project_id", "issue_number") REFERENCES "issue" ("project_id", "number") ON DELETE CASCADE
);
CREATE INDEX "issue_tag_value_idx" ON "issue_tag" ("key", (lower("value")), "project_id", "issue_number");

INSERT INTO "issue_tag"
  SELECT project_id, issue_number, key, value FROM (
    SELECT project_id, issue_number, key, value, row_number() OVER (PARTITION BY project_id, issue_number, key ORDER BY max(time) DESC) AS place
    FROM (SELECT e.project_id, e.issue_number, e.time, left(tag->>0, 100) AS key, left(tag->>1, 200) AS value
          FROM event e JOIN issue i ON i.project_id = e.project_id AND i.number = e.issue_number, json_array_elements(e.data->'tags') tag
          WHERE json_typeof(e.data->'tags') = 'array') pairs
    WHERE key IS NOT NULL AND value IS NOT NULL
    GROUP BY 1, 2, 3, 4) ranked
  WHERE place <= 100;
