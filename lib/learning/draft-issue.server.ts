import { createHash } from 'node:crypto';
import { getDb } from '../db/client.server';
import { type ComposedDraft, composeDraft } from './compose-draft';
import type { DraftFacts } from './draft-facts';
import { draftWithModel } from './draft-with-model.server';
import { loadDraftFacts } from './load-draft-facts.server';
import type { IssueKey } from './match-issue.server';

/** Stands for the hash of a draft that a reviewer has begun to edit: it is theirs now. */
export const EDITED = 'edited';

export type DraftOutcome =
  | { outcome: 'drafted' | 'unchanged'; suggestionId: bigint }
  | { outcome: 'none'; why: string };

/** Of what people and entries say, without what changes with every event: the same evidence is not drafted twice. */
export function evidenceHash(facts: DraftFacts): string {
  const said = [...facts.notes, ...facts.entries].map(({ source }) => [source.kind, source.id, source.text]);
  const places = (facts.event?.frames ?? []).map((frame) => frame.file);
  const basis = [facts.issue.template, facts.pattern?.services ?? [], places, said];
  return createHash('sha256').update(JSON.stringify(basis)).digest('hex').slice(0, 32);
}

/**
 * Drafts an entry for an issue without an answer, and keeps the draft in step with its evidence while it waits. One
 * draft an issue: a rejected one does not come again, an accepted or edited one is left alone.
 */
export async function draftIssue({ issue, now }: { issue: IssueKey; now: Date }): Promise<DraftOutcome> {
  const facts = await loadDraftFacts(issue);
  if (!facts) return { outcome: 'none', why: 'The issue is gone.' };
  const hash = evidenceHash(facts);
  const before = await getDb().suggestion.findFirst({ where: { ...issue, kind: 'draft' } });
  if (before?.status === 'rejected')
    return { outcome: 'none', why: 'A draft for this issue was rejected, and is not made again.' };
  if (before && (before.status === 'accepted' || before.evidenceHash === EDITED || before.evidenceHash === hash))
    if (before.status !== 'superseded') return { outcome: 'unchanged', suggestionId: before.id };
  const answer = composeDraft(facts);
  if (!answer.draft) return { outcome: 'none', why: answer.why };
  const written = await draftWithModel(facts, answer.draft, hash, now);
  const draft = written ?? answer.draft;
  return keepDraft(issue, facts, hash, { ...draft, author: written ? 'model' : 'rules' }, now);
}

async function keepDraft(
  issue: IssueKey,
  facts: DraftFacts,
  hash: string,
  draft: ComposedDraft & { author: 'rules' | 'model' },
  now: Date,
): Promise<DraftOutcome> {
  const data = {
    draft: draft.content,
    citations: draft.citations,
    author: draft.author,
    evidenceHash: hash,
    score: draft.evidence / (1 + draft.evidence),
    confidence: draft.confidence,
  };
  return getDb().$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ known: boolean }[]>`
      SELECT known_entry_id IS NOT NULL AND status <> 'regressed' OR status IN ('resolved', 'muted') AS known FROM issue
      WHERE project_id = ${issue.projectId} AND number = ${issue.issueNumber} AND merged_into IS NULL FOR UPDATE`;
    if (!row || row.known) return { outcome: 'none', why: `${facts.issue.id} has an answer, or nobody waits for one.` };
    const current = await tx.suggestion.findFirst({ where: { ...issue, kind: 'draft' } });
    if (!current) {
      const made = await tx.suggestion.create({ data: { ...issue, kind: 'draft', ...data, createdAt: now } });
      return { outcome: 'drafted', suggestionId: made.id };
    }
    const { count } = await tx.suggestion.updateMany({
      where: { id: current.id, status: { in: ['pending', 'superseded'] }, evidenceHash: { not: EDITED } },
      data: { ...data, status: 'pending' },
    });
    return { outcome: count === 0 ? 'unchanged' : 'drafted', suggestionId: current.id };
  });
}
