-- What was sent is kept as it is: nobody asks PostgreSQL for a part of it, so it need not be checked to be JSON once more.
ALTER TABLE "event" ALTER COLUMN "raw" TYPE text;

-- Compressing a row costs PostgreSQL as much as storing it. Rows of which two fit into a page are left as they are; only
-- larger ones are compressed. A partition does not take this from its parent.
DO $$
DECLARE
  part regclass;
BEGIN
  FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'event'::regclass LOOP
    EXECUTE format('ALTER TABLE %s SET (toast_tuple_target = 4080)', part);
  END LOOP;
END $$;
