import { z } from 'zod';
import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import type { Level } from '../ingest/event-schema';
import { findIssue } from './find-issue.server';
import { eventHex } from './issue-row';
import type { EventSummary } from './issue-schema';

interface EventColumns {
  id: string;
  time: Date;
  level: string;
  service: string;
  environment: string;
  release: string | null;
  title: string;
}

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** The events of an issue, newest first. */
export async function listIssueEvents({
  viewer,
  issueId,
  page,
}: {
  viewer: Viewer;
  issueId: string;
  page: PageQuery;
}): Promise<Page<EventSummary>> {
  const issue = await findIssue({ viewer, issueId });
  const after = decodeCursor(page.cursor, cursorSchema);
  const { rows } = await getPool().query<EventColumns>(
    `SELECT id, time, level, service, environment, release, title FROM event
     WHERE project_id = $1 AND issue_number = $2
       ${after ? 'AND time <= $4::timestamptz AND (time, id) < ($4::timestamptz, $5::uuid)' : ''}
     ORDER BY time DESC, id DESC LIMIT $3`,
    [issue.projectId, issue.number, page.limit + 1, ...(after ?? [])],
  );
  return toPage(
    rows,
    page.limit,
    (row) => [row.time.toISOString(), row.id],
    (row) => ({
      ...row,
      id: eventHex(row.id),
      issue_id: issue.id,
      time: row.time.toISOString(),
      level: row.level as Level,
    }),
  );
}
