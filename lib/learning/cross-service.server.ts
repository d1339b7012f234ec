import { getPool } from '../db/client.server';
import { entryId } from '../knowledge/entry-words';
import { shortId } from '../projects/project-schema';
import type { RankedMatch } from '../search/match-score';
import type { IssueKey } from './match-issue.server';
import { type TransferFact, transferEvidence, transferred } from './transfer';

interface Row {
  entry_id: number;
  title: string;
  prefix: string;
  number: number;
  service: string;
  verdict: TransferFact['verdict'];
  same_pattern: boolean;
}

const FIXES = 200;
const MATES = 500;

/**
 * Adds what was done about the same failure elsewhere: answers of its pattern that words alone did not find, and to those
 * found where they were used before, when that was never in this service.
 */
export async function withTransfers(
  issue: IssueKey,
  service: string,
  ranked: readonly RankedMatch[],
): Promise<RankedMatch[]> {
  const { rows } = await getPool().query<Row>(
    `WITH mates AS (
       SELECT c.project_id, c.issue_number FROM pattern_issue b JOIN pattern_issue c ON c.pattern_id = b.pattern_id
       WHERE b.project_id = $1 AND b.issue_number = $2 LIMIT ${MATES}),
     used AS (
       SELECT f.id, true AS same_pattern FROM mates m
       JOIN fix f ON f.project_id = m.project_id AND f.issue_number = m.issue_number
       UNION ALL
       (SELECT f.id, false FROM fix f WHERE f.entry_id = ANY($3) ORDER BY f.id DESC LIMIT ${FIXES}))
     SELECT f.entry_id, e.title, p.prefix, i.number, i.service, f.verdict, bool_or(u.same_pattern) AS same_pattern
     FROM used u JOIN fix f ON f.id = u.id JOIN entry e ON e.id = f.entry_id AND e.status = 'published'
     JOIN issue i ON i.project_id = f.project_id AND i.number = f.issue_number JOIN project p ON p.id = i.project_id
     WHERE (f.project_id, f.issue_number) <> ($1, $2)
     GROUP BY f.id, f.entry_id, e.title, p.prefix, i.number, i.service, f.verdict, f.applied_at
     ORDER BY f.applied_at DESC LIMIT ${FIXES}`,
    [issue.projectId, issue.issueNumber, ranked.map((match) => match.id)],
  );
  const facts = new Map<number, TransferFact[]>();
  const titles = new Map<number, string>();
  for (const row of rows) {
    titles.set(row.entry_id, row.title);
    facts.set(row.entry_id, [
      ...(facts.get(row.entry_id) ?? []),
      {
        issueId: shortId(row.prefix, row.number),
        service: row.service,
        verdict: row.verdict,
        samePattern: row.same_pattern,
      },
    ]);
  }
  const found = ranked.map((match) => {
    const fixes = facts.get(match.id) ?? [];
    const evidence = transferEvidence(fixes, service);
    return {
      ...match,
      confidence: Math.max(match.confidence, transferred(fixes)),
      evidence: evidence ? [...match.evidence, evidence] : match.evidence,
    };
  });
  const known = new Set(ranked.map((match) => match.id));
  const added = [...facts].flatMap(([id, fixes]): RankedMatch[] => {
    const confidence = transferred(fixes);
    const evidence = transferEvidence(fixes, service);
    if (known.has(id) || confidence === 0 || !evidence) return [];
    const signs = { coverage: 0, margin: 0, explained: 0, named: 0 };
    return [
      { id, title: titles.get(id) ?? entryId(id), score: confidence / 2, confidence, signs, evidence: [evidence] },
    ];
  });
  return [...found, ...added].sort((a, b) => b.confidence - a.confidence || a.id - b.id);
}
