import type { Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { restoreStacks } from '../db/restore-stacks.server';
import type { NormalizedEvent } from '../ingest/event-schema';
import { findIssue, type IssueRef } from '../issues/find-issue.server';
import { entryPath, eventHex } from '../issues/issue-row';
import { NO_TRACK_RECORD, storedContent } from '../knowledge/entry-dto';
import type { EntryContent } from '../knowledge/entry-schema';
import { entryId } from '../knowledge/entry-words';
import { trackRecords } from '../knowledge/track-record.server';
import { HOUR_MS } from '../time';
import type { Dossier, RecurrenceDossier, WatchedFixDto } from './dossier-schema';
import { eventErrorText } from './event-error-text';
import type { FixVerdict } from './fix-verdict';
import { BUCKET_MS, fixPoints, fixWindow } from './fix-window';
import { frameChanges, ownFrames } from './own-frames';

const FIXES = 10;
const REVISIONS = 10;
const RELEASES = 10;

interface FixRow {
  id: string;
  entry_id: number;
  title: string;
  origin: WatchedFixDto['origin'];
  content: unknown;
  applied_at: Date;
  applied_name: string;
  release: string | null;
  verdict: FixVerdict;
  verdict_at: Date | null;
  resolved_at: Date | null;
  baseline_rate: number;
  recurred_event: string | null;
}

/**
 * What was done about an issue, how the error came before and after each fix, and, where the latest did not hold, what has
 * changed since. @throws AppError `not_found` | `forbidden`.
 */
export async function getDossier({
  viewer,
  issueId,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  now: Date;
}): Promise<Dossier> {
  const ref = await findIssue({ viewer, issueId });
  const fixes = await listFixRows(ref);
  const records = await trackRecords([...new Set(fixes.map((fix) => fix.entry_id))]);
  const latest = fixes[0];
  const [watched, recurrence, transfer] = await Promise.all([
    Promise.all(
      fixes.map(async (fix) => ({
        ...(await watch(ref, fix, now)),
        track_record: records.get(fix.entry_id)?.trackRecord ?? NO_TRACK_RECORD,
      })),
    ),
    latest?.verdict === 'recurred' ? whyRecurred(ref, latest, now) : null,
    latest ? cameFrom(ref, latest.entry_id) : null,
  ]);
  return { fixes: watched, recurrence, transfer };
}

async function listFixRows({ projectId, number }: IssueRef): Promise<FixRow[]> {
  const { rows } = await getPool().query<FixRow>(
    `SELECT f.id, f.entry_id, e.title, e.origin, e.content, f.applied_at, f.applied_name, f.release, f.verdict,
       f.verdict_at, f.resolved_at, f.baseline_rate, f.recurred_event
     FROM fix f JOIN entry e ON e.id = f.entry_id
     WHERE f.project_id = $1 AND f.issue_number = $2 ORDER BY f.applied_at DESC, f.id DESC LIMIT ${FIXES}`,
    [projectId, number],
  );
  return rows;
}

async function watch(ref: IssueRef, fix: FixRow, now: Date): Promise<Omit<WatchedFixDto, 'track_record'>> {
  const window = fixWindow(fix.applied_at, now, fix.verdict_at);
  const until = fix.verdict_at ?? now;
  // An issue that stayed open for a while after its fix was accepted is watched from its resolution on.
  const start = new Date(Math.max(fix.applied_at.getTime(), fix.resolved_at?.getTime() ?? 0));
  const { rows: hours } = await getPool().query<{ hour: Date; count: number; seen: boolean }>(
    `SELECT hour, count, hour > $5 AND hour <= $6 AS seen FROM issue_hour
     WHERE project_id = $1 AND issue_number = $2 AND (hour >= $3 AND hour < $4 OR hour > $5 AND hour <= $6)`,
    [ref.projectId, ref.number, window.from, window.to, start, until],
  );
  const quietHours = Math.max(0, until.getTime() - start.getTime()) / HOUR_MS;
  return {
    id: fix.id,
    entry: entryId(fix.entry_id),
    title: fix.title,
    url: entryPath(fix.entry_id),
    origin: fix.origin,
    applied_at: fix.applied_at.toISOString(),
    applied_by: fix.applied_name,
    release: fix.release,
    verdict: fix.verdict,
    verdict_at: fix.verdict_at?.toISOString() ?? null,
    resolved_at: fix.resolved_at?.toISOString() ?? null,
    rate: fix.baseline_rate,
    expected: Math.round(fix.baseline_rate * quietHours * 10) / 10,
    seen: hours.filter((hour) => hour.seen).reduce((sum, hour) => sum + hour.count, 0),
    bucket_ms: BUCKET_MS,
    points: fixPoints(hours, window, fix.applied_at),
  };
}

interface EventRow {
  id: string;
  time: Date;
  release: string | null;
  data: NormalizedEvent;
}

async function whyRecurred(ref: IssueRef, fix: FixRow, now: Date): Promise<RecurrenceDossier> {
  const [before, after] = await Promise.all([
    eventAt(ref, 'time <= $3', [fix.applied_at], 'DESC'),
    fix.recurred_event
      ? eventAt(ref, 'id = $3::uuid', [fix.recurred_event], 'ASC')
      : eventAt(ref, 'time > $3', [fix.applied_at], 'ASC'),
  ]);
  const until = after?.time ?? fix.verdict_at ?? now;
  const [releases, revisions] = await Promise.all([
    getPool().query<{ version: string; first_seen: Date }>(
      `SELECT version, first_seen FROM release WHERE project_id = $1 AND first_seen > $2 AND first_seen <= $3
       ORDER BY first_seen LIMIT ${RELEASES}`,
      [ref.projectId, fix.applied_at, until],
    ),
    getDb().revision.findMany({
      where: { entryId: fix.entry_id, createdAt: { gt: fix.applied_at } },
      orderBy: { version: 'desc' },
      take: REVISIONS,
    }),
  ]);
  const content: EntryContent = storedContent(fix.content);
  const said = (event: EventRow | undefined) => (event ? eventErrorText(event.data).error_message : '');
  return {
    fix: fix.id,
    entry: entryId(fix.entry_id),
    approved_by: fix.applied_name,
    applied_at: fix.applied_at.toISOString(),
    release: fix.release,
    recurred_at: until.toISOString(),
    recurred_event: fix.recurred_event ? eventHex(fix.recurred_event) : after ? eventHex(after.id) : null,
    recurred_release: after?.release ?? null,
    releases: releases.rows.map((row) => ({ version: row.version, at: row.first_seen.toISOString() })),
    revisions: revisions.map((row) => ({
      version: row.version,
      action: row.action,
      reason: row.reason,
      author: row.authorName,
      at: row.createdAt.toISOString(),
    })),
    frames: before && after ? frameChanges(ownFrames(before.data), ownFrames(after.data)) : { gone: [], added: [] },
    messages: before && after && said(before) !== said(after) ? { before: said(before), after: said(after) } : null,
    prevention_undone: content.prevention.filter((item) => !item.done),
  };
}

async function eventAt(
  { projectId, number }: IssueRef,
  condition: string,
  values: unknown[],
  order: 'ASC' | 'DESC',
): Promise<EventRow | undefined> {
  const { rows } = await getPool().query<EventRow>(
    `SELECT id, time, release, data FROM event WHERE project_id = $1 AND issue_number = $2 AND ${condition}
     ORDER BY time ${order} LIMIT 1`,
    [projectId, number, ...values],
  );
  await restoreStacks(getPool(), projectId, rows);
  return rows[0];
}

/** Where else the entry was applied before it was applied here. */
async function cameFrom({ projectId, number }: IssueRef, entry: number): Promise<Dossier['transfer']> {
  const { rows } = await getPool().query<{ services: string[] | null; here: boolean | null }>(
    `SELECT array_agg(DISTINCT i.service ORDER BY i.service) AS services, bool_or(i.service = own.service) AS here
     FROM fix f JOIN issue i ON i.project_id = f.project_id AND i.number = f.issue_number,
       (SELECT i.service, min(f.applied_at) AS since FROM issue i
        JOIN fix f ON f.project_id = i.project_id AND f.issue_number = i.number AND f.entry_id = $3
        WHERE i.project_id = $1 AND i.number = $2 GROUP BY 1) own
     WHERE f.entry_id = $3 AND (f.project_id, f.issue_number) <> ($1, $2) AND f.applied_at < own.since`,
    [projectId, number, entry],
  );
  const [row] = rows;
  if (!row?.services) return null;
  return { entry: entryId(entry), services: row.services, first_here: !row.here };
}
