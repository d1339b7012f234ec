import type { Tx } from '../db/client.server';
import { restoreStacks } from '../db/restore-stacks.server';
import { groupEvent } from '../grouping';
import { fingerprintHash } from '../grouping/rules/apply-rules';
import { issueFeatures } from '../grouping/similarity';
import type { IssueRef } from './find-issue.server';
import { NEW_MS } from './issue-state';
import type { ScannedEvent } from './scan-events.server';

const MAX_TEXT = 16_000;

/** The row of an issue that is split off, as its first event makes it; counts are added as events move. */
export async function createSplitIssue(
  tx: Tx,
  from: IssueRef,
  into: IssueRef,
  first: ScannedEvent,
  now: Date,
): Promise<void> {
  const [row] = await tx.$queryRaw<{ title: string; level: string; data: NonNullable<ScannedEvent['data']> }[]>`
    SELECT title, level, data FROM event WHERE project_id = ${from.projectId} AND time = ${first.time} AND id = ${first.id}::uuid`;
  await restoreStacks(tx, from.projectId, [row!]);
  const { title, level, data } = row!;
  const { type, value, culprit, template } = groupEvent(data);
  const age = now.getTime() - first.time.getTime();
  await tx.issue.create({
    data: {
      projectId: into.projectId,
      number: into.number,
      status: age >= NEW_MS ? 'ongoing' : 'new',
      title,
      type,
      value,
      culprit,
      template,
      level,
      platform: data.platform,
      service: data.service,
      environment: data.environment,
      firstSeen: first.time,
      lastSeen: first.time,
      statusChangedAt: now,
    },
  });
  const texts = [
    title,
    data.message,
    ...data.exceptions.map((each) => `${each.type ?? ''} ${each.value ?? ''}`),
    culprit,
    data.service,
  ];
  const text = [...new Set(texts.filter(Boolean))].join('\n').slice(0, MAX_TEXT);
  await tx.$executeRaw`
    INSERT INTO issue_text (project_id, issue_number, text) VALUES (${into.projectId}, ${into.number}, ${text})`;
  await tx.$executeRaw`
    INSERT INTO issue_feature (project_id, issue_number, features) VALUES (${into.projectId}, ${into.number}, ${issueFeatures(data)})`;
}

/** The hash of events that were split off by hand or by a rule: the fingerprint is the new issue's own id. */
export async function ownHash(tx: Tx, from: IssueRef, into: IssueRef): Promise<string> {
  const hash = fingerprintHash([into.id]);
  const parts = JSON.stringify([{ kind: 'fingerprint', value: into.id, raw: `split from ${from.id}` }]);
  await tx.$executeRaw`
    INSERT INTO "grouping" (project_id, hash, issue_number, version, parts)
    VALUES (${into.projectId}, ${hash}, ${into.number}, 'v1', ${parts}::jsonb)`;
  return hash;
}
