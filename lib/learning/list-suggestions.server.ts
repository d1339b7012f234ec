import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { notFound } from '../errors';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import { findIssue } from '../issues/find-issue.server';
import { parseEntryId } from '../knowledge/entry-words';
import { trackRecords } from '../knowledge/track-record.server';
import type { Suggestion, SuggestionFilter } from './learning-schema';
import { PRIORITY, SUGGESTION_SELECT, type SuggestionColumns, toSuggestion } from './suggestion-row';

const queueCursor = z.tuple([z.number(), z.number().int(), z.number().int(), z.number(), z.string()]);
const decidedCursor = z.tuple([z.iso.datetime(), z.string()]);

/**
 * The review queue: what waits, ordered by volume × missing knowledge, the suggestions of one issue together, likeliest
 * first. Decided ones come latest first.
 */
export async function listSuggestions({
  viewer,
  filter,
  page,
}: {
  viewer: Viewer;
  filter: SuggestionFilter;
  page: PageQuery;
}): Promise<Page<Suggestion>> {
  assertCan(viewer, 'read');
  const decided = filter.status === 'accepted' || filter.status === 'rejected' || filter.status === 'decided';
  const values: unknown[] = [filter.status === 'decided' ? ['accepted', 'rejected'] : [filter.status]];
  const where = ['s.status = ANY($1)', 'i.merged_into IS NULL'];
  const bind = (value: unknown) => `$${values.push(value)}`;
  if (filter.project) where.push(`p.slug = ${bind(filter.project)}`);
  if (filter.entry) where.push(`s.entry_id = ${bind(parseEntryId(filter.entry) ?? -1)}`);
  if (decided) {
    const after = decodeCursor(page.cursor, decidedCursor);
    if (after) where.push(`(s.decided_at, s.id) < (${bind(after[0])}::timestamptz, ${bind(after[1])}::bigint)`);
  } else {
    const after = decodeCursor(page.cursor, queueCursor);
    if (after) {
      const [priority, project, number, confidence, id] = after.map(bind);
      where.push(
        `(-${PRIORITY}, s.project_id, s.issue_number, -s.confidence, s.id)
         > (-${priority}::float8, ${project}::int, ${number}::int, -${confidence}::float8, ${id}::bigint)`,
      );
    }
  }
  const order = decided
    ? 's.decided_at DESC, s.id DESC'
    : `${PRIORITY} DESC, s.project_id, s.issue_number, s.confidence DESC, s.id`;
  const { rows } = await getPool().query<SuggestionColumns>(
    `${SUGGESTION_SELECT} WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${bind(page.limit + 1)}`,
    values,
  );
  const records = await recordsOf(rows);
  return toPage(
    rows,
    page.limit,
    (row) =>
      decided
        ? [row.decided_at?.toISOString() ?? '', String(row.id)]
        : [row.priority, row.project_id, row.issue_number, row.confidence, String(row.id)],
    (row) => toSuggestion(row, records),
  );
}

/** The suggestions of an issue that count: what waits first, then what was decided; likeliest first. */
export async function listIssueSuggestions({
  viewer,
  issueId,
}: {
  viewer: Viewer;
  issueId: string;
}): Promise<Suggestion[]> {
  const issue = await findIssue({ viewer, issueId });
  const { rows } = await getPool().query<SuggestionColumns>(
    `${SUGGESTION_SELECT} WHERE s.project_id = $1 AND s.issue_number = $2 AND s.status <> 'superseded'
     ORDER BY s.status <> 'pending', s.confidence DESC, s.id LIMIT 50`,
    [issue.projectId, issue.number],
  );
  const records = await recordsOf(rows);
  return rows.map((row) => toSuggestion(row, records));
}

/** @throws AppError `not_found`. */
export async function getSuggestion({ viewer, id }: { viewer: Viewer; id: string }): Promise<Suggestion> {
  assertCan(viewer, 'read');
  const { rows } = await getPool().query<SuggestionColumns>(`${SUGGESTION_SELECT} WHERE s.id = $1`, [id]);
  if (!rows[0]) throw notFound('suggestion', id);
  return toSuggestion(rows[0], await recordsOf(rows));
}

const recordsOf = (rows: SuggestionColumns[]) =>
  trackRecords([...new Set(rows.flatMap((row) => (row.entry_id === null ? [] : [row.entry_id])))]);
