import { randomUUID } from 'node:crypto';
import { systemViewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { log } from '../log.server';
import { shortId } from '../projects/project-schema';
import { readProjectSettings } from '../projects/project-settings';
import { DAY_MS } from '../time';
import { applyStateEvent, type ChangeContext, lockIssue } from './apply-change.server';
import type { IssueRef } from './find-issue.server';

/** Issues of one transaction: few, because capture waits for those it holds. */
const CHUNK = 25;
/** Issues of one project in one run; the rest has time until the next. */
const MAX_RUN = 5000;
const TIMEOUT_MS = 30_000;
const OPEN = ['new', 'ongoing', 'escalating', 'regressed'];

interface QuietProject {
  id: number;
  prefix: string;
  days: number;
}

/**
 * Resolves open issues without an event for as many days as their project asks for, and with which nobody did anything in
 * that time. Their turning point says that nobody did; no fix is started, and one that is being watched keeps its own
 * clock. Answers how many. Idempotent.
 */
export async function autoResolveIssues(now: Date = new Date()): Promise<number> {
  const { rows } = await getPool().query<{ id: number; prefix: string; settings: unknown }>(
    'SELECT id, prefix, settings FROM project ORDER BY id',
  );
  let resolved = 0;
  for (const { id, prefix, settings } of rows) {
    const days = readProjectSettings(settings).auto_resolve_days;
    if (days !== null) resolved += await resolveQuiet({ id, prefix, days }, now);
  }
  if (resolved > 0) log().info({ resolved }, 'Quiet issues were resolved');
  return resolved;
}

async function resolveQuiet(project: QuietProject, now: Date): Promise<number> {
  const before = new Date(now.getTime() - project.days * DAY_MS);
  const { rows } = await getPool().query<{ number: number }>(
    `SELECT i.number FROM issue i
     WHERE i.project_id = $1 AND i.status = ANY($2) AND i.last_seen_hour <= $3 AND i.last_seen <= $3
       AND i.merged_into IS NULL
       AND NOT EXISTS (SELECT FROM turning_point t WHERE t.project_id = i.project_id AND t.issue_number = i.number
                       AND t.at > $3 AND t.actor_name IS NOT NULL)
       AND NOT EXISTS (SELECT FROM comment c WHERE c.project_id = i.project_id AND c.issue_number = i.number AND c.created_at > $3)
     ORDER BY i.number LIMIT ${MAX_RUN}`,
    [project.id, OPEN, before],
  );
  const numbers = rows.map((row) => row.number);
  let resolved = 0;
  for (let at = 0; at < numbers.length; at += CHUNK) {
    resolved += await resolveChunk(project, numbers.slice(at, at + CHUNK), before, now);
  }
  return resolved;
}

async function resolveChunk(project: QuietProject, numbers: number[], before: Date, now: Date): Promise<number> {
  const context: ChangeContext = { viewer: systemViewer(), now, batch: randomUUID() };
  return getDb().$transaction(
    async (tx) => {
      // An event may have come since they were read.
      const quiet = await tx.$queryRaw<{ number: number }[]>`
        SELECT number FROM issue
        WHERE project_id = ${project.id} AND number = ANY(${numbers}) AND status = ANY(${OPEN}) AND last_seen <= ${before}
          AND merged_into IS NULL
        ORDER BY number FOR UPDATE`;
      for (const { number } of quiet) {
        const ref: IssueRef = {
          projectId: project.id,
          number,
          prefix: project.prefix,
          id: shortId(project.prefix, number),
        };
        const issue = await lockIssue(tx, ref);
        // Without its known entry, no fix learns of the resolution: time made it, not the fix.
        const unfixed = { ...issue, knownEntryId: null };
        await applyStateEvent(tx, ref, unfixed, { type: 'resolve', mode: 'now' }, context, {
          reason: 'auto',
          quiet_days: project.days,
        });
      }
      return quiet.length;
    },
    { timeout: TIMEOUT_MS },
  );
}
