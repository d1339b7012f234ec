import { getPool } from '@/lib/db/client.server';

/** Fills the tables of knowledge by SQL alone, so that a hundred thousand entries take a minute: each about 2 KB. */
export async function fillEntries(count: number): Promise<void> {
  await getPool().query(
    `INSERT INTO entry (status, origin, disputed, version, content, title, category, severity, component, tags, next_review,
        search_text, created_at, updated_at, published_at, updated_by)
     SELECT status, origin, n % 97 = 0, 1,
       jsonb_build_object('title', title, 'category', category, 'severity', severity, 'component', component, 'tags', to_jsonb(tags),
         'symptoms', symptoms, 'root_cause', 'The pool leaks because of number ' || n, 'first_seen', null, 'next_review', next_review,
         'solutions', jsonb_build_array(jsonb_build_object('title', 'Close it', 'steps', repeat('Restart the worker and look. ', 30))),
         'prevention', jsonb_build_array(jsonb_build_object('text', 'Lint rule ' || n, 'done', n % 2 = 0, 'due', '2026-05-01')),
         'signatures', jsonb_build_array(jsonb_build_object('kind', 'message', 'value', 'limit ' || n || ' of <*> reached in time')),
         'detection', '', 'diagnosis', '', 'impact', '', 'validation', '', 'environment', '', 'notes', '', 'resolution_minutes', null,
         'related_files', '[]'::jsonb, 'related_entries', '[]'::jsonb, 'references', '[]'::jsonb),
       title, category, severity, component, tags, next_review, title || ' ' || symptoms || ' needle' || n, created, created,
       CASE WHEN status = 'published' THEN created END, 'Bench'
     FROM (SELECT n, (ARRAY['published','published','published','draft','in_review','retired'])[1 + n % 6] AS status,
         (ARRAY['human','import','learned'])[1 + n % 3] AS origin,
         (ARRAY['connection refused','pool exhausted','timeout','type error','disk full'])[1 + n % 5] || ' in part ' || n AS title,
         (ARRAY['Database','Network','Build','Configuration','Performance','Security','Dependency'])[1 + n % 7] AS category,
         (ARRAY['low','medium','high','critical'])[1 + n % 4] AS severity,
         'service-' || (n * 7919 % 1000) AS component, ARRAY['tag-' || n % 200, 'tag-' || (200 + n % 90)] AS tags,
         CASE WHEN n % 3 = 0 THEN date '2026-01-01' + n % 400 END AS next_review,
         repeat('A request waits for a free connection and gives up after thirty seconds. ', 10) AS symptoms,
         timestamptz '2025-01-01' + n * interval '5 minutes' AS created
       FROM generate_series(1, $1::int) AS n) e`,
    [count],
  );
  await getPool().query(`
    INSERT INTO revision (entry_id, version, content, status, action, author_name, created_at)
      SELECT id, 1, content, status, 'imported', 'Bench', created_at FROM entry;
    INSERT INTO entry_signature (entry_id, position, kind, value)
      SELECT id, 0, 'message', content->'signatures'->0->>'value' FROM entry WHERE status = 'published';
    INSERT INTO prevention_item (entry_id, position, text, done, due)
      SELECT id, 0, content->'prevention'->0->>'text', (content->'prevention'->0->>'done')::boolean, date '2026-05-01' FROM entry WHERE status <> 'retired';
    ANALYZE;`);
  await getPool().query('VACUUM ANALYZE entry');
}
