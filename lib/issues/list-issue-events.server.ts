import { z } from 'zod';
import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import type { Level } from '../ingest/event-schema';
import { compilePattern } from '../projects/text-pattern';
import { TEXT_COLUMNS, type TextColumns, textsOf } from './event-texts';
import { findIssue, type IssueRef } from './find-issue.server';
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

/** How many events a pattern is looked for in, from where a page begins. */
const MAX_SEARCHED = 2000;
const CHUNK = 500;

type After = z.infer<typeof cursorSchema> | null;

async function readEvents(
  { projectId, number }: IssueRef,
  after: After,
  limit: number,
): Promise<(EventColumns & TextColumns)[]> {
  const { rows } = await getPool().query<EventColumns & TextColumns>(
    `SELECT id, time, level, service, environment, release, title, ${TEXT_COLUMNS} FROM event
     WHERE project_id = $1 AND issue_number = $2
       ${after ? 'AND time <= $4::timestamptz AND (time, id) < ($4::timestamptz, $5::uuid)' : ''}
     ORDER BY time DESC, id DESC LIMIT $3`,
    [projectId, number, limit, ...(after ?? [])],
  );
  return rows;
}

const cursorOf = (row: EventColumns): [string, string] => [row.time.toISOString(), row.id];

/** Those whose message has the form of a pattern, as many as are wanted. */
async function findEvents(issue: IssueRef, after: After, limit: number, pattern: string) {
  const fits = compilePattern(pattern);
  const found: (EventColumns & TextColumns)[] = [];
  let from = after;
  for (let searched = 0; searched < MAX_SEARCHED && found.length < limit; searched += CHUNK) {
    const rows = await readEvents(issue, from, CHUNK);
    found.push(...rows.filter((row) => textsOf(row).some(fits)));
    if (rows.length < CHUNK) break;
    from = cursorOf(rows.at(-1)!);
  }
  return found.slice(0, limit);
}

/** The events of an issue, newest first; with `message`, those whose message has the form of that pattern. */
export async function listIssueEvents({
  viewer,
  issueId,
  page,
  message,
}: {
  viewer: Viewer;
  issueId: string;
  page: PageQuery;
  message?: string;
}): Promise<Page<EventSummary>> {
  const issue = await findIssue({ viewer, issueId });
  const after = decodeCursor(page.cursor, cursorSchema);
  const limit = page.limit + 1;
  const rows = await (message ? findEvents(issue, after, limit, message) : readEvents(issue, after, limit));
  return toPage(rows, page.limit, cursorOf, ({ message: _, texts: __, ...row }) => ({
    ...row,
    id: eventHex(row.id),
    issue_id: issue.id,
    time: row.time.toISOString(),
    level: row.level as Level,
  }));
}
