import type { Viewer } from '../auth/viewer';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import type { Level } from '../ingest/event-schema';
import { type EventSearch, eventPlaceSchema, findEvents, placeOf } from './find-events.server';
import { findIssue } from './find-issue.server';
import { eventHex } from './issue-row';
import type { EventSummary } from './issue-schema';

/** The events of an issue, newest first; with a search, those of its latest that fit. */
export async function listIssueEvents({
  viewer,
  issueId,
  page,
  ...search
}: {
  viewer: Viewer;
  issueId: string;
  page: PageQuery;
} & EventSearch): Promise<Page<EventSummary>> {
  const issue = await findIssue({ viewer, issueId });
  const after = decodeCursor(page.cursor, eventPlaceSchema);
  const rows = await findEvents(issue, { ...search, after, order: 'older', limit: page.limit + 1 });
  return toPage(rows, page.limit, placeOf, (row) => ({
    id: eventHex(row.id),
    issue_id: issue.id,
    time: row.time.toISOString(),
    level: row.level as Level,
    service: row.service,
    environment: row.environment,
    release: row.release,
    title: row.title,
  }));
}
