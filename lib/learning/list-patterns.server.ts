import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import { entryId } from '../knowledge/entry-words';
import { shortId } from '../projects/project-schema';
import type { Pattern } from './pattern-schema';

const cursorSchema = z.tuple([z.number(), z.string().regex(/^\d{1,18}$/)]);
const ISSUES_SHOWN = 10;

interface Row {
  id: string;
  title: string;
  services: string[];
  projects: string[];
  issue_count: number;
  open_count: number;
  events: string;
  first_seen: Date;
  last_seen: Date;
  entries: number[] | null;
  keys: Pattern['keys'];
  issues: { prefix: string; number: number; service: string; status: string; events: number }[];
}

/** Failures that more than one issue shares, busiest first. */
export async function listPatterns({
  viewer,
  services = 1,
  page,
}: {
  viewer: Viewer;
  services?: number;
  page: PageQuery;
}): Promise<Page<Pattern>> {
  assertCan(viewer, 'read');
  const after = decodeCursor(page.cursor, cursorSchema);
  const { rows } = await getPool().query<Row>(
    `WITH summed AS (
       SELECT m.pattern_id AS id, array_agg(DISTINCT i.service ORDER BY i.service) AS services,
         array_agg(DISTINCT p.slug ORDER BY p.slug) AS projects, count(*)::int AS issue_count,
         count(*) FILTER (WHERE i.status NOT IN ('resolved', 'muted'))::int AS open_count, sum(i.event_count) AS events,
         min(i.first_seen) AS first_seen, max(i.last_seen) AS last_seen,
         array_agg(DISTINCT i.known_entry_id) FILTER (WHERE i.known_entry_id IS NOT NULL) AS entries
       FROM pattern_issue m JOIN issue i ON i.project_id = m.project_id AND i.number = m.issue_number
       JOIN project p ON p.id = i.project_id WHERE i.merged_into IS NULL
       GROUP BY m.pattern_id HAVING count(*) > 1 AND count(DISTINCT i.service) >= $1)
     SELECT s.*, t.title,
       (SELECT coalesce(json_agg(json_build_object('kind', k.kind, 'value', k.value) ORDER BY k.kind DESC, k.key), '[]')
        FROM (SELECT * FROM pattern_key WHERE pattern_id = s.id LIMIT 10) k) AS keys,
       (SELECT json_agg(o) FROM (
          SELECT p.prefix, i.number, i.service, i.status, i.event_count AS events
          FROM pattern_issue m JOIN issue i ON i.project_id = m.project_id AND i.number = m.issue_number
          JOIN project p ON p.id = i.project_id WHERE m.pattern_id = s.id AND i.merged_into IS NULL
          ORDER BY i.event_count DESC LIMIT ${ISSUES_SHOWN}) o) AS issues
     FROM summed s JOIN pattern t ON t.id = s.id
     WHERE $2::numeric IS NULL OR (s.events, s.id) < ($2::numeric, $3::bigint)
     ORDER BY s.events DESC, s.id DESC LIMIT $4`,
    [services, after?.[0] ?? null, after?.[1] ?? null, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => [Number(row.events), row.id], toPattern);
}

const toPattern = (row: Row): Pattern => ({
  id: row.id,
  title: row.title,
  keys: row.keys,
  services: row.services,
  projects: row.projects,
  issues: row.issues.map(({ prefix, number, ...issue }) => ({ id: shortId(prefix, number), ...issue })),
  issue_count: row.issue_count,
  open_count: row.open_count,
  events: Number(row.events),
  first_seen: row.first_seen.toISOString(),
  last_seen: row.last_seen.toISOString(),
  entries: (row.entries ?? []).map(entryId),
});
