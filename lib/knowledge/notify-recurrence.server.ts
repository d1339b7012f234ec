import { getDb } from '../db/client.server';
import type { JobPayload } from '../jobs/job-types';
import { notify } from '../notifications/notify.server';
import { shortId } from '../projects/project-schema';
import { caretakers } from './entry-people.server';
import { entryId } from './entry-words';

/**
 * An issue came back: those who look after the entries whose fixes did not hold are told, with what was to be done against
 * it and was not. Idempotent: a fix recurs once.
 */
export async function notifyRecurrence({ projectId, issueNumber }: JobPayload<'issue.regressed'>): Promise<void> {
  await getDb().$transaction(async (tx) => {
    const fixes = await tx.fix.findMany({
      where: { projectId, issueNumber, verdict: 'recurred' },
      orderBy: { appliedAt: 'desc' },
      take: 20,
    });
    if (fixes.length === 0) return;
    const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
    const issue = shortId(project.prefix, issueNumber);
    for (const fix of fixes) {
      const undone = await tx.preventionItem.findMany({
        where: { entryId: fix.entryId, done: false },
        orderBy: { position: 'asc' },
        take: 3,
      });
      await notify(tx, await caretakers(tx, fix.entryId), {
        kind: 'fix_recurred',
        title: `${issue} came back after the fix from ${entryId(fix.entryId)}`,
        detail: undone.length > 0 ? `Not done yet: ${undone.map(({ text }) => text.split('\n')[0]).join(' · ')}` : '',
        href: `/issues/${issue}`,
        key: `fix_recurred:${fix.id}`,
        actor: { id: null, name: 'Errata' },
        now: fix.verdictAt ?? fix.appliedAt,
      });
    }
  });
}
