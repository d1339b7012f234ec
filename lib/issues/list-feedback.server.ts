import { z } from 'zod';
import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import { findIssue } from './find-issue.server';
import { eventHex } from './issue-row';
import type { IssueFeedback } from './issue-schema';

interface FeedbackColumns {
  id: string;
  event_id: string;
  name: string;
  email: string;
  message: string;
  url: string;
  release: string;
  environment: string;
  at: Date;
}

const cursorSchema = z.tuple([z.iso.datetime(), z.guid()]);

/** What people wrote about an issue, the latest first, as long as the event that each is about is known. */
export async function listFeedback({
  viewer,
  issueId,
  page,
}: {
  viewer: Viewer;
  issueId: string;
  page: PageQuery;
}): Promise<Page<IssueFeedback>> {
  const { projectId, number } = await findIssue({ viewer, issueId });
  const after = decodeCursor(page.cursor, cursorSchema);
  const { rows } = await getPool().query<FeedbackColumns>(
    `SELECT f.id, f.event_id, f.name, f.email, f.message, f.url, f.release, f.environment, f.at
     FROM user_feedback f
     WHERE f.project_id = $1 AND ($4::timestamptz IS NULL OR (f.at, f.id) < ($4, $5::uuid))
       AND (EXISTS (SELECT FROM event e WHERE e.project_id = $1 AND e.id = f.event_id AND e.issue_number = $2)
         OR EXISTS (SELECT FROM sampled_event e WHERE e.project_id = $1 AND e.id = f.event_id AND e.issue_number = $2))
     ORDER BY f.at DESC, f.id DESC LIMIT $3`,
    [projectId, number, page.limit + 1, after?.[0] ?? null, after?.[1] ?? null],
  );
  return toPage(
    rows,
    page.limit,
    (row) => [row.at.toISOString(), row.id],
    (row) => ({ ...row, event_id: eventHex(row.event_id), at: row.at.toISOString() }),
  );
}
