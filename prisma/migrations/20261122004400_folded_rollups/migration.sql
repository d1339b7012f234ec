-- Questions about months read weeks and fours of weeks instead of days, once these are over. A job folds them, so that
-- capture writes no row more; what changes a folded day afterwards (late events, merges, splits, retention) is followed by
-- triggers. These fire for days more than two days old alone, and only weeks that ended three days ago are folded.

-- Weeks begin on Monday, UTC, fours of weeks on every fourth Monday since 1970-01-05; `hour` is where one starts.
CREATE TABLE "issue_block" (
  "days" smallint NOT NULL CHECK ("days" IN (7, 28)),
  "hour" timestamptz(0) NOT NULL,
  "project_id" integer NOT NULL,
  "issue_number" integer NOT NULL,
  "count" integer NOT NULL,
  CONSTRAINT "issue_block_pkey" PRIMARY KEY ("days", "hour", "project_id", "issue_number")
);

CREATE TABLE "project_block" (
  "days" smallint NOT NULL CHECK ("days" IN (7, 28)),
  "hour" timestamptz(0) NOT NULL,
  "project_id" integer NOT NULL,
  "service" text NOT NULL,
  "environment" text NOT NULL,
  "level" text NOT NULL,
  "count" integer NOT NULL,
  CONSTRAINT "project_block_pkey" PRIMARY KEY ("days", "hour", "project_id", "service", "environment", "level")
);

CREATE TABLE "facet_block" (
  "facet" text NOT NULL,
  "days" smallint NOT NULL CHECK ("days" IN (7, 28)),
  "hour" timestamptz(0) NOT NULL,
  "project_id" integer NOT NULL,
  "service" text NOT NULL,
  "environment" text NOT NULL,
  "key" text NOT NULL,
  "count" integer NOT NULL,
  CONSTRAINT "facet_block_pkey" PRIMARY KEY ("facet", "days", "hour", "project_id", "service", "environment", "key")
);

-- Up to which instant the weeks of a rollup are folded.
CREATE TABLE "rollup_fold" (
  "rollup" text NOT NULL,
  "until" timestamptz(0) NOT NULL,
  CONSTRAINT "rollup_fold_pkey" PRIMARY KEY ("rollup")
);
INSERT INTO "rollup_fold" VALUES ('issue', '1970-01-05T00:00Z'), ('project', '1970-01-05T00:00Z'), ('facet', '1970-01-05T00:00Z');

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
      CREATE FUNCTION follow_%1$s_days() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        changed %1$s_day := coalesce(NEW, OLD);
        added integer := coalesce(NEW.count, 0) - coalesce(OLD.count, 0);
      BEGIN
        IF added = 0 THEN
          RETURN NULL;
        END IF;
        INSERT INTO %1$s_block AS b (days, hour, %2$s, count)
          SELECT w.days, date_bin(make_interval(days => w.days), changed.hour, '1970-01-05T00:00Z') AS start, %3$s, added
          FROM (VALUES (7), (28)) w (days), rollup_fold f
          WHERE f.rollup = '%1$s'
            AND date_bin(make_interval(days => w.days), changed.hour, '1970-01-05T00:00Z') + make_interval(days => w.days) <= f.until
        ON CONFLICT (days, hour, %2$s) DO UPDATE SET count = b.count + excluded.count;
        IF added < 0 THEN
          DELETE FROM %1$s_block b
          WHERE b.days IN (7, 28) AND b.hour = date_bin(make_interval(days => b.days), changed.hour, '1970-01-05T00:00Z')
            AND %4$s AND b.count <= 0;
        END IF;
        RETURN NULL;
      END $$$sql$,
      of.noun, of.keys,
      (SELECT string_agg('changed.' || k, ', ') FROM unnest(string_to_array(of.keys, ', ')) k),
      (SELECT string_agg(format('b.%1$s = changed.%1$s', k), ' AND ') FROM unnest(string_to_array(of.keys, ', ')) k));
    EXECUTE format('CREATE TRIGGER %1$s_day_added AFTER INSERT ON %1$s_day FOR EACH ROW
      WHEN (NEW.hour < now() - interval ''2 days'') EXECUTE FUNCTION follow_%1$s_days()', of.noun);
    EXECUTE format('CREATE TRIGGER %1$s_day_changed AFTER UPDATE ON %1$s_day FOR EACH ROW
      WHEN (NEW.hour < now() - interval ''2 days'' AND NEW.count <> OLD.count) EXECUTE FUNCTION follow_%1$s_days()', of.noun);
    EXECUTE format('CREATE TRIGGER %1$s_day_removed AFTER DELETE ON %1$s_day FOR EACH ROW
      WHEN (OLD.hour < now() - interval ''2 days'') EXECUTE FUNCTION follow_%1$s_days()', of.noun);
  END LOOP;
END $do$;
