import { getDb, getPool, type Tx } from '../db/client.server';
import { restoreStacks } from '../db/restore-stacks.server';
import type { NormalizedEvent } from '../ingest/event-schema';
import { type IssueStatus, isOpen } from '../issues/issue-state';
import { MATCH_THRESHOLD } from '../search/calibrate';
import type { ErrorText } from '../search/error-features';
import { rankEntries } from '../search/match-error.server';
import type { RankedMatch } from '../search/match-score';
import { withTransfers } from './cross-service.server';
import { eventErrorText } from './event-error-text';
import { minePattern } from './mine-patterns.server';
import { nextSuggestion, type SuggestionStatus } from './suggestion-state';

/** So many suggestions wait for one issue at most. */
const SUGGESTIONS = 3;

export interface IssueKey {
  projectId: number;
  issueNumber: number;
}

/**
 * Looks for published entries that explain an issue, by its latest event, and keeps its waiting suggestions in step:
 * found ones wait with their evidence, those no longer found are superseded, rejected pairs stay rejected. Idempotent.
 * Answers how many suggestions are new.
 */
export async function matchIssue(issue: IssueKey): Promise<void> {
  await minePattern(issue);
  await suggestFor(issue);
}

export async function suggestFor(issue: IssueKey): Promise<number> {
  const error = await errorOf(issue);
  if (!error) return 0;
  const found = await withTransfers(issue, error.service ?? '', await rankEntries(error, SUGGESTIONS, issue));
  const likely = found.filter((match) => match.confidence >= MATCH_THRESHOLD).slice(0, SUGGESTIONS);
  return getDb().$transaction((tx) => keepSuggestions(tx, issue, likely));
}

async function errorOf({ projectId, issueNumber }: IssueKey): Promise<ErrorText | null> {
  const { rows } = await getPool().query<{ title: string; service: string; data: NormalizedEvent | null }>(
    `SELECT i.title, i.service, e.data
     FROM issue i LEFT JOIN LATERAL (
       SELECT data FROM event WHERE project_id = i.project_id AND issue_number = i.number
       ORDER BY time DESC, id DESC LIMIT 1) e ON true
     WHERE i.project_id = $1 AND i.number = $2 AND i.merged_into IS NULL`,
    [projectId, issueNumber],
  );
  const row = rows[0];
  if (!row) return null;
  await restoreStacks(getPool(), projectId, [row]);
  const error = row.data ? eventErrorText(row.data) : { error_message: '' };
  return error.error_message ? error : { error_message: row.title, service: row.service };
}

async function keepSuggestions(tx: Tx, { projectId, issueNumber }: IssueKey, ranked: RankedMatch[]): Promise<number> {
  const [issue] = await tx.$queryRaw<{ status: string; known_entry_id: number | null }[]>`
    SELECT status, known_entry_id FROM issue
    WHERE project_id = ${projectId} AND number = ${issueNumber} AND merged_into IS NULL FOR UPDATE`;
  if (!issue) return 0;
  const known = issue.known_entry_id;
  // What is solved waits for nobody; an issue that came back does, for another entry than the one that failed.
  const open = isOpen(issue.status as IssueStatus) && (known === null || issue.status === 'regressed');
  const wanted = new Map(open ? ranked.filter((match) => match.id !== known).map((match) => [match.id, match]) : []);
  const rows = await tx.suggestion.findMany({ where: { projectId, issueNumber, kind: 'match' } });
  for (const row of rows) {
    const match = row.entryId === null ? undefined : wanted.get(row.entryId);
    const decision = nextSuggestion(row.status as SuggestionStatus, match ? 'propose' : 'supersede');
    if (row.entryId !== null) wanted.delete(row.entryId);
    if (!decision.ok || row.status === 'accepted' || row.status === 'rejected') continue;
    if (decision.status === row.status && !match) continue;
    await tx.suggestion.update({
      where: { id: row.id },
      data: { status: decision.status, ...(match ? scoreOf(match) : {}) },
    });
  }
  if (wanted.size === 0) return 0;
  const { count } = await tx.suggestion.createMany({
    data: [...wanted.values()].map((match) => ({
      projectId,
      issueNumber,
      kind: 'match',
      entryId: match.id,
      ...scoreOf(match),
    })),
    skipDuplicates: true,
  });
  return count;
}

const scoreOf = ({ score, confidence, evidence }: RankedMatch) => ({ score, confidence, evidence });
