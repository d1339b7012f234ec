import { randomUUID } from 'node:crypto';
import { systemViewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { shortId } from '../projects/project-schema';
import { applyStateEvent, lockIssue } from './apply-change.server';
import { NEW_MS } from './issue-state';

const BATCH = 500;

/** Lets time do its part: new issues grow old, mutes that have a time run out. */
export async function ageIssues(now: Date = new Date()): Promise<void> {
  for (;;) {
    const due = await getPool().query<{ project_id: number; number: number; prefix: string }>(
      `SELECT i.project_id, i.number, p.prefix FROM issue i JOIN project p ON p.id = i.project_id
       WHERE i.merged_into IS NULL AND (
         (i.status = 'new' AND i.first_seen <= $1)
         OR (i.status = 'muted' AND i.mute_rule->>'kind' = 'until_time' AND (i.mute_rule->>'until')::timestamptz <= $2))
       ORDER BY i.project_id, i.number LIMIT ${BATCH}`,
      [new Date(now.getTime() - NEW_MS), now],
    );
    const context = { viewer: systemViewer(), now, batch: randomUUID() };
    let moved = 0;
    for (const row of due.rows) {
      const id = shortId(row.prefix, row.number);
      const ref = { projectId: row.project_id, number: row.number, prefix: row.prefix, id };
      const done = await getDb().$transaction(async (tx) =>
        applyStateEvent(tx, ref, await lockIssue(tx, ref), { type: 'tick' }, context),
      );
      if (done) moved++;
    }
    if (due.rows.length < BATCH || moved === 0) return;
  }
}
