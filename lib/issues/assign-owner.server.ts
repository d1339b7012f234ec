import { randomUUID } from 'node:crypto';
import { systemViewer } from '../auth/viewer';
import { getDb, getPool, type Tx } from '../db/client.server';
import { restoreStacks } from '../db/restore-stacks.server';
import { AppError } from '../errors';
import type { NormalizedEvent } from '../ingest/event-schema';
import type { JobPayload } from '../jobs/job-types';
import { shortId } from '../projects/project-schema';
import { type OwnershipRule, readProjectSettings } from '../projects/project-settings';
import { addTurningPoints, lockIssue } from './apply-change.server';
import type { IssueRef } from './find-issue.server';
import { fittingRules, ruleName } from './ownership';

/**
 * Gives a new issue to the member whom the first fitting ownership rule of its project names; a rule whose member has
 * left is passed over. An issue that somebody has, or had, is left alone, so it may run twice.
 */
export async function assignOwner(
  { projectId, issueNumber: number }: JobPayload<'issue.match'>,
  now: Date = new Date(),
): Promise<void> {
  const { rows } = await getPool().query<{ prefix: string; settings: unknown }>(
    'SELECT prefix, settings FROM project WHERE id = $1',
    [projectId],
  );
  const project = rows[0];
  const rules = project ? readProjectSettings(project.settings).ownership : [];
  if (!project || rules.length === 0) return;
  const owner = await findOwner(rules, await latestEvent(projectId, number));
  if (!owner) return;
  const ref: IssueRef = { projectId, number, prefix: project.prefix, id: shortId(project.prefix, number) };
  await getDb()
    .$transaction((tx) => assign(tx, ref, owner, now))
    .catch((problem: unknown) => {
      // Merged or deleted meanwhile.
      if (!(problem instanceof AppError && problem.status < 500)) throw problem;
    });
}

async function latestEvent(projectId: number, number: number): Promise<NormalizedEvent | null> {
  const { rows } = await getPool().query<{ data: NormalizedEvent }>(
    `SELECT data FROM event WHERE project_id = $1 AND issue_number = $2 ORDER BY time DESC, id DESC LIMIT 1`,
    [projectId, number],
  );
  await restoreStacks(getPool(), projectId, rows);
  return rows[0]?.data ?? null;
}

interface Owner {
  id: string;
  name: string;
  rule: string;
}

async function findOwner(rules: readonly OwnershipRule[], event: NormalizedEvent | null): Promise<Owner | null> {
  const fitting = event ? fittingRules(rules, event) : [];
  const members = await getDb().user.findMany({
    where: { email: { in: fitting.map((rule) => rule.assignee) }, disabledAt: null },
    select: { id: true, name: true, email: true },
  });
  for (const rule of fitting) {
    const member = members.find(({ email }) => email === rule.assignee);
    if (member) return { id: member.id, name: member.name, rule: ruleName(rule) };
  }
  return null;
}

async function assign(tx: Tx, ref: IssueRef, owner: Owner, now: Date): Promise<void> {
  const issue = await lockIssue(tx, ref);
  const where = { projectId: ref.projectId, issueNumber: ref.number, kind: { in: ['assigned', 'unassigned'] } };
  if (issue.assigneeId !== null || (await tx.turningPoint.count({ where })) > 0) return;
  await tx.issue.update({
    where: { projectId_number: { projectId: ref.projectId, number: ref.number } },
    data: { assigneeId: owner.id, version: { increment: 1 } },
  });
  const data = { assignee_id: owner.id, assignee_name: owner.name, previous_assignee_id: null, rule: owner.rule };
  const context = { viewer: systemViewer(), now, batch: randomUUID() };
  await addTurningPoints(tx, ref, [{ kind: 'assigned', data }], context);
}
