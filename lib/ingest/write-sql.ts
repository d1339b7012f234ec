import { MOST_TAG_VALUES } from '../issues/tag-limits';

/** The statements of the group commit. Lists travel as one JSON parameter each: the fewest round trips, one plan. */

/**
 * Issues that own any of the hashes ($1 projects, $2 hashes), locked in one order for all processes. Where one was changed
 * while it was waited for, `version` is newer than `version_seen`: its hashes may have gone elsewhere.
 */
export const LOCK_ISSUES = `
  WITH wanted AS (
    SELECT g.project_id, g.issue_number, array_agg(g.hash) AS hashes
    FROM unnest($1::int[], $2::text[]) AS w (project_id, hash)
    JOIN "grouping" g ON g.project_id = w.project_id AND g.hash = w.hash
    GROUP BY 1, 2
  )
  SELECT i.project_id, i.number, wanted.hashes, i.status, i.first_seen, i.status_changed_at, i.resolved_at,
    i.resolved_mode, i.resolved_release, i.mute_rule, i.event_count, i.merged_into, i.version,
    (SELECT j.version FROM issue j WHERE j.project_id = i.project_id AND j.number = i.number) AS version_seen,
    i.known_entry_id, i.known_confidence, e.title AS known_title
  FROM wanted
  JOIN issue i ON i.project_id = wanted.project_id AND i.number = wanted.issue_number
  LEFT JOIN entry e ON e.id = i.known_entry_id AND e.status = 'published'
  ORDER BY i.project_id, i.number
  FOR NO KEY UPDATE OF i`;

/** Whoever makes issues in a project holds its row, before any issue's. */
export const LOCK_PROJECTS = `SELECT id, next_issue FROM project WHERE id = ANY($1::int[]) ORDER BY id FOR NO KEY UPDATE`;

const ASKED = `
  WITH w AS (
    SELECT * FROM unnest($1::int[], $2::uuid[], $3::timestamptz[], $4::boolean[]) AS x (project_id, id, time, retold)
  )`;
const AMONG_EVENTS = `
  SELECT e.project_id, e.id, e.issue_number FROM w JOIN event e ON e.project_id = w.project_id AND e.id = w.id`;
const AMONG_SAMPLED = `
  SELECT e.project_id, e.id, e.issue_number FROM w JOIN sampled_event e ON e.project_id = w.project_id AND e.id = w.id
    AND (w.retold OR e.time = w.time)`;

/**
 * Stored events with these ids ($1 projects, $2 ids, $3 times), at exactly that time. All times are from $5 to $6, so that the partitions of other days are left alone.
 */
export const FIND_STORED = `${ASKED}
  ${AMONG_EVENTS} AND e.time = w.time AND e.time BETWEEN $5 AND $6
  UNION ALL ${AMONG_SAMPLED}`;

/** The same; where $4 says that the same event may be told with another time, at any since $7. */
export const FIND_RETOLD = `${ASKED}
  ${AMONG_EVENTS} AND e.time = w.time AND e.time BETWEEN $5 AND $6
  UNION ALL ${AMONG_EVENTS} AND w.retold AND e.time > $7
  UNION ALL ${AMONG_SAMPLED}`;

/** $1 new issues, $2 hashes, $3 and $4 each project's next number. Returns how many hashes were new. */
export const CREATE_ISSUES = `
  WITH fresh AS (
    SELECT * FROM json_to_recordset($1::json) AS x (
      project_id int, number int, title text, type text, value text, culprit text, template text, level text,
      platform text, service text, environment text, first_seen timestamptz, release text, search_text text, features text[])
  ), issues AS (
    INSERT INTO issue (project_id, number, title, type, value, culprit, template, level, platform, service, environment,
      first_seen, last_seen, first_release, last_release, status_changed_at)
    SELECT project_id, number, title, type, value, culprit, template, level, platform, service, environment,
      first_seen, first_seen, release, release, $5::timestamptz FROM fresh
  ), texts AS (
    INSERT INTO issue_text (project_id, issue_number, text) SELECT project_id, number, search_text FROM fresh
  ), alike AS (
    INSERT INTO issue_feature (project_id, issue_number, features) SELECT project_id, number, features FROM fresh
  ), owned AS (
    INSERT INTO "grouping" (project_id, hash, issue_number, version, parts)
    SELECT * FROM json_to_recordset($2::json) AS x (project_id int, hash text, issue_number int, version text, parts jsonb)
    ON CONFLICT DO NOTHING RETURNING 1
  ), numbered AS (
    UPDATE project p SET next_issue = n.next FROM unnest($3::int[], $4::int[]) AS n (id, next) WHERE p.id = n.id
  )
  SELECT count(*)::int AS owned FROM owned`;

/** The target of the COPY that stores events. */
export const EVENT_COLUMNS =
  'event (project_id, time, id, issue_number, received_at, level, service, environment, release, title, hash, data, raw)';

/** $1 events that are counted without being kept. */
export const INSERT_SAMPLED = `
  INSERT INTO sampled_event (project_id, time, id, issue_number)
  SELECT p, t, i, n FROM json_to_recordset($1::json) AS x (p int, t timestamptz, i uuid, n int)`;

/** What follows from stored events, each from a list of rows as JSON. A statement has the parts that there are rows for. */
const EFFECTS = {
  users: (rows: string) => `
  affected AS (
    INSERT INTO issue_user (project_id, issue_number, user_hash)
    SELECT project_id, issue_number, user_hash
    FROM json_to_recordset(${rows}::json) AS x (project_id int, issue_number int, user_hash text)
    ON CONFLICT DO NOTHING RETURNING project_id, issue_number
  ), people AS (
    SELECT project_id, issue_number, count(*)::int AS added FROM affected GROUP BY 1, 2
  )`,
  issues: (rows: string, parts: ReadonlySet<string>) => `
  changed AS MATERIALIZED (
    SELECT x.*, ${parts.has('users') ? 'coalesce(people.added, 0)' : '0'} AS added
    FROM json_to_recordset(${rows}::json) AS x (
      project_id int, issue_number int, count int, first_seen timestamptz, last_seen timestamptz, first_release text,
      last_release text)
    ${parts.has('users') ? 'LEFT JOIN people USING (project_id, issue_number)' : ''}
  ), issues AS (
    UPDATE issue i SET
      event_count = i.event_count + x.count,
      user_count = i.user_count + x.added,
      first_seen = CASE WHEN i.event_count = 0 THEN x.first_seen ELSE least(i.first_seen, x.first_seen) END,
      last_seen = CASE WHEN i.event_count = 0 THEN x.last_seen ELSE greatest(i.last_seen, x.last_seen) END,
      first_release = CASE WHEN i.event_count = 0 THEN x.first_release
        WHEN x.first_seen < i.first_seen THEN coalesce(x.first_release, i.first_release)
        ELSE coalesce(i.first_release, x.first_release) END,
      last_release = CASE WHEN i.event_count = 0 THEN x.last_release
        WHEN x.last_seen >= i.last_seen THEN coalesce(x.last_release, i.last_release)
        ELSE coalesce(i.last_release, x.last_release) END
    FROM changed x WHERE i.project_id = x.project_id AND i.number = x.issue_number
  )`,
  issueHours: (rows: string) => `
  issue_hours AS (
    INSERT INTO issue_hour AS o (project_id, issue_number, hour, count)
    SELECT * FROM json_to_recordset(${rows}::json) AS x (project_id int, issue_number int, hour timestamptz, count int)
    ON CONFLICT (project_id, issue_number, hour) DO UPDATE SET count = o.count + excluded.count
  )`,
  turningPoints: (rows: string) => `
  points AS (
    INSERT INTO turning_point (project_id, issue_number, at, kind, data)
    SELECT * FROM json_to_recordset(${rows}::json) AS x (
      project_id int, issue_number int, at timestamptz, kind text, data jsonb)
  )`,
  releases: (rows: string) => `
  releases AS (
    INSERT INTO release AS o (project_id, version, first_seen, last_seen, event_count)
    SELECT * FROM json_to_recordset(${rows}::json) AS x (
      project_id int, version text, first_seen timestamptz, last_seen timestamptz, count int)
    ON CONFLICT (project_id, version) DO UPDATE SET first_seen = least(o.first_seen, excluded.first_seen),
      last_seen = greatest(o.last_seen, excluded.last_seen), event_count = o.event_count + excluded.event_count
  )`,
  projectHours: (rows: string) => `
  project_hours AS (
    INSERT INTO project_hour AS o (project_id, hour, service, environment, level, count)
    SELECT * FROM json_to_recordset(${rows}::json) AS x (
      project_id int, hour timestamptz, service text, environment text, level text, count int)
    ON CONFLICT (project_id, hour, service, environment, level) DO UPDATE SET count = o.count + excluded.count
  )`,
  facetHours: (rows: string) => `
  facet_hours AS (
    INSERT INTO facet_hour AS o (facet, hour, project_id, service, environment, key, count)
    SELECT * FROM json_to_recordset(${rows}::json) AS x (
      facet text, hour timestamptz, project_id int, service text, environment text, key text, count int)
    ON CONFLICT (facet, hour, project_id, service, environment, key) DO UPDATE SET count = o.count + excluded.count
  )`,
  counters: (rows: string) => `
  counted AS (
    INSERT INTO capture_counter AS o (project_id, name, value)
    SELECT * FROM json_to_recordset(${rows}::json) AS x (project_id int, name text, value bigint)
    ON CONFLICT (project_id, name) DO UPDATE SET value = o.value + excluded.value
  )`,
} as const;

type Effect = keyof typeof EFFECTS;

const effectNames = Object.keys(EFFECTS) as Effect[];
const effectTexts = new Map<string, string>();

/** The statement that brings these rows in, to be prepared once for each choice of parts; null without any rows. */
export function applyEffects(
  lists: Record<Effect, readonly object[]>,
): { name: string; text: string; values: string[] } | null {
  const parts = effectNames.filter((part) => lists[part].length > 0);
  if (parts.length === 0) return null;
  const name = `effects_${effectNames.map((part) => (lists[part].length > 0 ? 1 : 0)).join('')}`;
  let text = effectTexts.get(name);
  if (!text) {
    const chosen = new Set<string>(parts);
    text = `WITH ${parts.map((part, at) => EFFECTS[part](`$${at + 1}`, chosen)).join(',')} SELECT`;
    effectTexts.set(name, text);
  }
  return { name, text, values: parts.map((part) => JSON.stringify(lists[part])) };
}

/** $1 tags that issues may not have yet; of each name an issue keeps so many values. */
export const ADD_TAGS = `
  INSERT INTO issue_tag (project_id, issue_number, key, value)
  SELECT x.* FROM json_to_recordset($1::json) AS x (project_id int, issue_number int, key text, value text)
  WHERE (SELECT count(*) FROM (SELECT FROM issue_tag t WHERE t.project_id = x.project_id
    AND t.issue_number = x.issue_number AND t.key = x.key LIMIT ${MOST_TAG_VALUES}) known) < ${MOST_TAG_VALUES}
  ORDER BY 1, 2, 3, 4 ON CONFLICT DO NOTHING`;

/** $1 issues whose state the batch changed; they are locked. */
export const CHANGE_STATES = `
  UPDATE issue i SET
    status = x.status, status_changed_at = x.status_changed_at, resolved_at = x.resolved_at,
    resolved_mode = x.resolved_mode, resolved_release = x.resolved_release, mute_rule = x.mute_rule,
    version = i.version + 1
  FROM json_to_recordset($1::json) AS x (
    project_id int, issue_number int, status text, status_changed_at timestamptz, resolved_at timestamptz,
    resolved_mode text, resolved_release text, mute_rule jsonb)
  WHERE i.project_id = x.project_id AND i.number = x.issue_number`;

/** $1 regressed issues, $2 now. Their fixes did not hold, and the entries behind these are disputed. */
export const DISPUTE_FIXES = `
  WITH back AS (
    SELECT * FROM json_to_recordset($1::json) AS x (project_id int, issue_number int, event uuid)
  ), failed AS (
    UPDATE fix f SET verdict = 'recurred', verdict_at = $2::timestamptz, recurred_event = back.event
    FROM back WHERE f.project_id = back.project_id AND f.issue_number = back.issue_number AND f.verdict IN ('watching', 'held')
    RETURNING f.id, f.project_id, f.issue_number, f.entry_id, f.recurred_event
  ), entries AS (
    UPDATE entry SET disputed = true, updated_at = $2::timestamptz WHERE id IN (SELECT entry_id FROM failed)
  )
  INSERT INTO turning_point (project_id, issue_number, at, kind, data)
  SELECT project_id, issue_number, $2::timestamptz, 'fix_recurred',
    jsonb_build_object('fix', id::text, 'entry_id', entry_id, 'event', replace(recurred_event::text, '-', ''))
  FROM failed`;

export const ADD_JOBS = `
  SELECT graphile_worker.add_job(name, payload) FROM json_to_recordset($1::json) AS x (name text, payload json)`;

/** $1 projects, $2 issues, $3 starts of the windows: events of each issue since then. */
export const COUNT_WINDOW = `
  SELECT w.project_id, w.issue_number, count(e.id)::int AS count
  FROM unnest($1::int[], $2::int[], $3::timestamptz[]) AS w (project_id, issue_number, since)
  JOIN event e ON e.project_id = w.project_id AND e.issue_number = w.issue_number AND e.time >= w.since
  GROUP BY 1, 2`;

export const FIND_RELEASES = `
  SELECT r.project_id, r.version, r.first_seen FROM unnest($1::int[], $2::text[]) AS w (project_id, version)
  JOIN release r ON r.project_id = w.project_id AND r.version = w.version`;
