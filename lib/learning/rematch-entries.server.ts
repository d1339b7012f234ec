import { getDb, getPool } from '../db/client.server';
import { storedContent } from '../knowledge/entry-dto';
import { entryIndex } from '../search/entry-index.server';
import { matchDocument } from '../search/match-document';
import { tellingWords } from '../search/telling-words';
import { type IssueKey, suggestFor } from './match-issue.server';

/** Issues that share a telling word with an entry, latest first, are matched anew; older ones wait for their next event. */
const ISSUES_PER_ENTRY = 200;

/**
 * Published knowledge changed: open issues that these entries may explain, and those they were suggested for, are
 * matched again. Answers the issues matched and the suggestions made.
 */
export async function rematchEntries({ entryIds }: { entryIds: number[] }): Promise<void> {
  await rematch(entryIds);
}

export async function rematch(
  entryIds: number[],
  onProgress: (done: number, total: number) => Promise<void> = async () => {},
): Promise<{ matched: number; suggested: number }> {
  const issues = new Map<string, IssueKey>();
  const add = (keys: IssueKey[]) => {
    for (const key of keys) issues.set(`${key.projectId}-${key.issueNumber}`, key);
  };
  add(await suggestedFor(entryIds));
  const index = await entryIndex();
  const entries = await getDb().entry.findMany({
    where: { id: { in: entryIds }, status: 'published' },
    select: { id: true, content: true },
  });
  for (const entry of entries) {
    const words = tellingWords(index, matchDocument(entry.id, storedContent(entry.content)));
    add(await openIssuesWith(words));
  }
  let matched = 0;
  let suggested = 0;
  for (const issue of issues.values()) {
    suggested += await suggestFor(issue);
    matched += 1;
    if (matched % 50 === 0) await onProgress(matched, issues.size);
  }
  return { matched, suggested };
}

async function suggestedFor(entryIds: number[]): Promise<IssueKey[]> {
  return getDb().suggestion.findMany({
    where: { entryId: { in: entryIds }, status: { in: ['pending', 'superseded'] } },
    select: { projectId: true, issueNumber: true },
    orderBy: { id: 'desc' },
    take: 1000,
  });
}

async function openIssuesWith(words: string[]): Promise<IssueKey[]> {
  if (words.length === 0) return [];
  const { rows } = await getPool().query<IssueKey>(
    `SELECT i.project_id AS "projectId", i.number AS "issueNumber"
     FROM issue_text t JOIN issue i ON i.project_id = t.project_id AND i.number = t.issue_number
     WHERE t.search @@ to_tsquery('simple', $1) AND i.merged_into IS NULL
       AND i.status NOT IN ('resolved', 'muted') AND (i.known_entry_id IS NULL OR i.status = 'regressed')
     ORDER BY i.last_seen DESC LIMIT ${ISSUES_PER_ENTRY}`,
    [words.map((word) => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`).join(' | ')],
  );
  return rows;
}
