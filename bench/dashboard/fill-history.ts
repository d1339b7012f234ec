import { getPool } from '@/lib/db/client.server';
import { foldRollups } from '@/lib/issues/fold-rollups.server';
import { DAY_MS } from '@/lib/time';

export interface HistorySize {
  /** Rows of events, of the last 90 days. They share a few bodies. */
  events: number;
  /** Events that the rollups of two years count. */
  counted: number;
  issues: number;
  now: Date;
}

const DAYS = 730;
const STORED_DAYS = 90;

/** What an issue is, from its rank `k`: 6 projects, 24 services, 3 environments, 400 types. */
const TRAITS = `
  SELECT k, 1 + k % 6 AS project_id, 1 + k / 6 AS number, 'service-' || (k % 6) * 4 + k / 6 % 4 AS service,
    (ARRAY['production','production','production','production','staging','development'])[1 + k / 24 % 6] AS environment,
    (ARRAY['error','error','error','error','error','warning','warning','fatal','info','debug'])[1 + k / 7 % 10] AS level,
    'Type' || (k * 7919::bigint % 400) || 'Error' AS type,
    born, least(1.0, born + CASE WHEN k < 2000 THEN 1.0 ELSE 0.01 + 0.2 * fate ^ 3 END) AS gone, fate
  FROM (SELECT k, CASE WHEN k < 2000 THEN 0 ELSE (k * 104729::bigint % 100003) / 100003.0 END AS born,
          (k * 15485863::bigint % 99991) / 99991.0 AS fate FROM generate_series(0, $1::int - 1) k) n`;

/**
 * Issues, two years of rollups, events and what people did with them, by SQL alone. How often an issue comes falls with
 * its rank (Zipf); the loudest two thousand live through all of it, the others for days to months.
 */
export async function fillHistory({ events, counted, issues, now }: HistorySize): Promise<void> {
  const client = await getPool().connect();
  const start = new Date(now.getTime() - DAYS * DAY_MS);
  const run = (sql: string, values: unknown[] = []) => client.query(sql, values);
  try {
    // Loading writes the days itself, in one go: neither triggers nor references are looked at.
    await run(
      `SET session_replication_role = replica; SET work_mem = '400MB'; SET maintenance_work_mem = '400MB'; SET jit = off`,
    );
    await run(`INSERT INTO project (id, slug, name, prefix, next_issue)
      SELECT n, 'project-' || n, 'Project ' || n, 'P' || n, 1000000 FROM generate_series(1, 6) n`);
    await run(`CREATE UNLOGGED TABLE bench_trait AS ${TRAITS}`, [issues]);
    await run(`ALTER TABLE bench_trait ADD PRIMARY KEY (k); ANALYZE bench_trait`);
    await run(
      `CREATE UNLOGGED TABLE bench_hour AS
       SELECT t.k, date_trunc('hour', $2::timestamptz + ($3 || ' days')::interval * (t.born + (t.gone - t.born) * d.at), 'UTC') AS hour, count(*)::int AS count
       FROM (SELECT least($4::int - 1, floor(exp(random() * ln($4::int))) - 1)::int AS k, random() AS at FROM generate_series(1, $1::int)) d
       JOIN bench_trait t USING (k) GROUP BY 1, 2`,
      [counted, start, DAYS, issues],
    );
    // Every issue was seen at least once.
    await run(
      `INSERT INTO bench_hour SELECT k, date_trunc('hour', $1::timestamptz + ($2 || ' days')::interval * born, 'UTC'), 1
       FROM bench_trait t WHERE NOT EXISTS (SELECT FROM bench_hour h WHERE h.k = t.k)`,
      [start, DAYS],
    );
    await run(
      `INSERT INTO issue_hour SELECT project_id, number, hour, count FROM bench_hour JOIN bench_trait USING (k) ORDER BY hour`,
    );
    await run(`INSERT INTO project_hour SELECT project_id, hour, service, environment, level, sum(count)
      FROM bench_hour JOIN bench_trait USING (k) GROUP BY 1, 2, 3, 4, 5 ORDER BY 2`);
    for (const key of ['type', `'1.' || (extract(epoch FROM hour)::bigint / 604800 - 2800) || '.' || project_id`])
      await run(`INSERT INTO facet_hour SELECT '${key === 'type' ? 'type' : 'release'}', hour, project_id, service, environment, ${key}, sum(count)
        FROM bench_hour JOIN bench_trait USING (k) GROUP BY 2, 3, 4, 5, 6 ORDER BY 2`);
    for (const [noun, keys] of Object.entries(DAY_KEYS))
      await run(`INSERT INTO ${noun}_day (hour, ${keys}, count)
        SELECT date_trunc('day', hour, 'UTC') AS day, ${keys}, sum(count) FROM ${noun}_hour GROUP BY day, ${keys} ORDER BY day`);
    await fillIssues(run, now);
    await fillEvents(run, events, issues, now);
    await run(`DROP TABLE bench_hour, bench_trait`);
    await run(`INSERT INTO issue_trait SELECT project_id, number, first_seen, known_entry_id IS NOT NULL, false, status, level, service, environment, type
      FROM issue ORDER BY project_id, number`);
    await run(`RESET session_replication_role; RESET work_mem`);
    await foldRollups(now);
    await run('VACUUM ANALYZE');
  } finally {
    client.release(true);
  }
}

const DAY_KEYS = {
  issue: 'project_id, issue_number',
  project: 'project_id, service, environment, level',
  facet: 'facet, project_id, service, environment, key',
};

type Run = (sql: string, values?: unknown[]) => Promise<unknown>;

async function fillIssues(run: Run, now: Date): Promise<void> {
  await run(
    `INSERT INTO issue (project_id, number, status, title, type, value, culprit, template, level, platform, service, environment,
       first_seen, last_seen, event_count, user_count, first_release, last_release, status_changed_at, resolved_at, resolved_mode,
       mute_rule, known_entry_id, known_confidence)
     SELECT project_id, number, status, type || ': part ' || k || ' gave up after 30 s', type, 'part ' || k || ' gave up after 30 s',
       'handler' || k % 997 || ' in src/module' || k % 211 || '.ts', type || ': part <int> gave up after <int> s', level, 'node', service,
       environment, first, last, events, least(events, 1 + k % 500), '1.' || k % 90 || '.' || project_id, '1.' || k % 104 || '.' || project_id,
       first, CASE WHEN status = 'resolved' THEN last END, CASE WHEN status = 'resolved' THEN 'now' END,
       CASE WHEN status = 'muted' THEN '{"kind":"forever"}'::jsonb END, CASE WHEN k % 5 = 0 THEN 1 + k % 10000 END, CASE WHEN k % 5 = 0 THEN 0.9 END
     FROM (SELECT t.*, h.first, h.last, h.events, CASE WHEN last > $1::timestamptz - interval '7 days' THEN (ARRAY['ongoing','ongoing','new','escalating','regressed'])[1 + k % 5]
             ELSE (ARRAY['resolved','resolved','ongoing','ongoing','muted','ongoing'])[1 + k % 6] END AS status
           FROM bench_trait t JOIN (SELECT k, min(hour) AS first, max(hour) + interval '17 minutes' AS last, sum(count) AS events
             FROM bench_hour GROUP BY k) h USING (k)) i ORDER BY first`,
    [now],
  );
  await run(`UPDATE issue SET assignee_id = (SELECT id FROM app_user LIMIT 1) WHERE number % 50 = 7`);
  await run(`INSERT INTO issue_text (project_id, issue_number, text)
    SELECT project_id, number, title || E'\\n' || culprit || E'\\n' || service || ' ' || environment || E'\\nconnection pool of worker ' || number % 1009 ||
      CASE WHEN number % 400 = 0 THEN ' pool exhausted' ELSE ' was slow' END FROM issue`);
  await run(`INSERT INTO issue_stack SELECT project_id, number, (
      SELECT string_agg('package' || (number * 7 + f) % 400 || ' step' || (number * 31 + f * 7) % 5000 || ' lib/part' || (number + f) % 800 || '/file' || f || '.ts'
        || E'\\nconst value' || (number * 13 + f) % 9000 || ' = await load(request.body.items[' || f || ']);'
        || E'\\nreturn respond(value, options.retry' || (number + f * 3) % 700 || ');', E'\\n') FROM generate_series(1, 14) f) FROM issue`);
  await run(
    `INSERT INTO "grouping" (project_id, hash, issue_number, version) SELECT project_id, md5(project_id || ':' || number), number, 'v1' FROM issue`,
  );
  await run(
    `INSERT INTO issue_feature SELECT project_id, number, ARRAY['type:' || type, 'f:' || culprit, 'n:' || number] FROM issue`,
  );
  await run(`INSERT INTO issue_tag SELECT project_id, number, t.key, t.value FROM issue, LATERAL (VALUES
      ('browser', (ARRAY['Chrome','Safari','Firefox','Edge'])[1 + number % 4]), ('browser', (ARRAY['Chrome','Safari'])[1 + number % 2]),
      ('host', 'node-' || number % 300), ('region', 'eu-' || number % 7)) t (key, value) ON CONFLICT DO NOTHING`);
  await run(
    `INSERT INTO issue_user SELECT project_id, number, 'user-' || n FROM issue, generate_series(1, least(user_count, 10)) n`,
  );
  await run(`INSERT INTO release (project_id, version, first_seen, last_seen, event_count)
    SELECT project_id, key, min(hour), max(hour), sum(count) FROM facet_day WHERE facet = 'release' GROUP BY 1, 2`);
  await run(`INSERT INTO turning_point (project_id, issue_number, at, kind, data)
    SELECT project_id, number, first_seen, 'first_seen', '{}'::jsonb FROM issue
    UNION ALL SELECT project_id, number, resolved_at, 'resolved', jsonb_build_object('batch', gen_random_uuid(), 'previous', jsonb_build_object('status', 'ongoing')) FROM issue WHERE status = 'resolved'
    UNION ALL SELECT project_id, number, last_seen - interval '3 days', 'resolved', jsonb_build_object('batch', gen_random_uuid(), 'previous', jsonb_build_object('status', 'ongoing')) FROM issue WHERE status = 'regressed'
    UNION ALL SELECT project_id, number, last_seen - interval '1 day', 'regressed', '{"previous":{"status":"resolved"}}'::jsonb FROM issue WHERE status = 'regressed' ORDER BY 3`);
  await run(`INSERT INTO suggestion (project_id, issue_number, entry_id, score, confidence, status, created_at, decided_at)
    SELECT project_id, number, known_entry_id, 9, 0.9, CASE WHEN number % 9 = 0 THEN 'pending' WHEN number % 9 = 1 THEN 'rejected' ELSE 'accepted' END,
      first_seen, CASE WHEN number % 9 <> 0 THEN first_seen + interval '3 hours' END FROM issue WHERE known_entry_id IS NOT NULL`);
  await run(`INSERT INTO fix (project_id, issue_number, entry_id, applied_at, applied_name, verdict, verdict_at, baseline_rate, issue_first_seen)
    SELECT project_id, issue_number, entry_id, decided_at, 'Ada', (ARRAY['held','held','watching','recurred'])[1 + issue_number % 4],
      CASE WHEN issue_number % 4 <> 2 THEN decided_at + interval '5 days' END, 3, created_at FROM suggestion WHERE status = 'accepted'`);
}

async function fillEvents(run: Run, events: number, issues: number, now: Date): Promise<void> {
  const midnight = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  for (let day = 0; day <= STORED_DAYS; day++) {
    const from = new Date(midnight.getTime() - day * DAY_MS);
    const name = `event_bench_${from.toISOString().slice(0, 10).replaceAll('-', '')}`;
    await run(`CREATE TABLE IF NOT EXISTS ${name} PARTITION OF event
      FOR VALUES FROM ('${from.toISOString()}') TO ('${new Date(from.getTime() + DAY_MS).toISOString()}')`);
  }
  await run(
    `INSERT INTO event (project_id, time, id, issue_number, received_at, level, service, environment, release, title, hash, data)
     SELECT t.project_id, d.at, gen_random_uuid(), t.number, d.at, t.level, t.service, t.environment, '1.' || t.k % 104 || '.' || t.project_id,
       t.type || ': part gave up', md5(t.project_id || ':' || t.number), b.body
     FROM (SELECT least($2::int - 1, floor(exp(random() * ln($2::int))) - 1)::int AS k, $3::timestamptz - random() * interval '${STORED_DAYS} days' AS at, n
           FROM generate_series(1, $1::int) n) d
     JOIN bench_trait t USING (k)
     JOIN (SELECT n AS body_number, json_build_object('platform', 'node', 'level', 'error', 'exceptions', json_build_array(json_build_object('type', 'TimeoutError',
         'value', 'part ' || n || ' gave up', 'frames', json_build_array(json_build_object('function', 'handler' || n, 'filename', 'src/a.ts', 'in_app', true, 'lineno', n)))),
         'tags', json_build_array(json_build_array('browser', 'Chrome'), json_build_array('host', 'node-' || n)), 'user', json_build_object('id', n), 'trimmed', '[]'::json) AS body
       FROM generate_series(0, 49) n) b ON b.body_number = d.n % 50
     ORDER BY d.at`,
    [events, issues, now],
  );
}
