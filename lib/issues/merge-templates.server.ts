import { systemViewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { AppError } from '../errors';
import type { JobPayload } from '../jobs/job-types';
import { shortId } from '../projects/project-schema';
import { mergeIssues } from './merge-issues.server';

/**
 * Merges the issues whose message templates became one. A pair whose issues are one already, or one of which has no issue,
 * asks nothing; so it may run twice.
 */
export async function mergeTemplates({ projectId, merges }: JobPayload<'templates.merge'>): Promise<void> {
  const viewer = systemViewer('Grouping');
  for (const { from, into } of merges) {
    const { rows } = await getPool().query<{ prefix: string; source: number; target: number }>(
      `SELECT p.prefix, s.issue_number AS source, t.issue_number AS target
       FROM project p
       JOIN "grouping" s ON s.project_id = p.id AND s.hash = $2
       JOIN "grouping" t ON t.project_id = p.id AND t.hash = $3
       WHERE p.id = $1 AND s.issue_number <> t.issue_number`,
      [projectId, from, into],
    );
    const row = rows[0];
    if (!row) continue;
    await mergeIssues({
      viewer,
      issueId: shortId(row.prefix, row.target),
      ids: [shortId(row.prefix, row.source)],
      now: new Date(),
    }).catch((error: unknown) => {
      // Somebody merged or deleted one of them meanwhile.
      if (!(error instanceof AppError && (error.code === 'conflict' || error.code === 'not_found'))) throw error;
    });
  }
}
