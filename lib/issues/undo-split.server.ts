import type { Tx } from '../db/client.server';
import { AppError } from '../errors';
import { changeRules } from '../grouping/grouping-rules.server';
import { printRule } from '../grouping/rules/rule-text';
import { shortId } from '../projects/project-schema';
import { addTurningPoints, type ChangeContext, lockIssue } from './apply-change.server';
import type { IssueRef } from './find-issue.server';
import { mergeOne } from './merge-issues.server';
import { restoreFixes } from './split-fixes.server';
import { splitRecordSchema } from './split-schema';

/**
 * Takes a split back: the new issue becomes part of the old one again, its rule goes, fixes get their verdicts back. Being
 * merged, it can be taken out once more. @throws AppError `conflict` when it was merged elsewhere since.
 */
export async function undoSplit(
  tx: Tx,
  ref: IssueRef,
  data: Record<string, unknown>,
  context: ChangeContext,
): Promise<void> {
  const record = splitRecordSchema.safeParse(data.restore);
  if (!record.success) throw new AppError('conflict', `${ref.id}: what this split changed is not known.`);
  const { number, rule, fixes } = record.data;
  const part: IssueRef = { ...ref, number, id: shortId(ref.prefix, number) };
  if (rule !== null) {
    await changeRules(tx, ref.projectId, (rules) => {
      const at = rules.findIndex((each) => printRule(each) === rule);
      return at < 0 ? rules : rules.toSpliced(at, 1);
    });
  }
  for (const each of [ref, part].sort((a, b) => a.number - b.number)) await lockIssue(tx, each);
  await mergeOne(tx, part, ref, context);
  await restoreFixes(tx, ref, fixes);
  await addTurningPoints(tx, ref, [{ kind: 'undone', data: { number } }], context, {
    undid: 'split',
    undid_batch: data.batch,
  });
}
