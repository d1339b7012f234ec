import { createHash } from 'node:crypto';
import { getDb, getPool } from '../db/client.server';
import { storedContent } from '../knowledge/entry-dto';
import type { EntryContent } from '../knowledge/entry-schema';
import { shortId } from '../projects/project-schema';
import { codeBlock } from './draft-facts';
import type { Citation } from './draft-schema';
import { newCures, variantSignature } from './entry-update';
import type { IssueKey } from './match-issue.server';
import { readNote } from './read-note';

const PER_PASS = 500;

interface Candidate extends IssueKey {
  prefix: string;
  title: string;
  template: string;
  type: string;
  entry: number;
  confidence: number | null;
  content: unknown;
  comment_id: string | null;
  body: string | null;
  author: string | null;
}

/**
 * Proposes what entries should say since reviewers accepted them for errors they do not recognise, and since somebody wrote
 * a new cure under an issue that was resolved with them. Each change is proposed once. Answers how many are new.
 */
export async function proposeUpdates(since: Date | null, now: Date): Promise<number> {
  const [variants, notes] = await Promise.all([acceptedSince(since), notesSince(since)]);
  let proposed = 0;
  for (const row of variants) {
    const content = storedContent(row.content);
    const signature = variantSignature(content, row);
    if (!signature) continue;
    const id = shortId(row.prefix, row.issueNumber);
    const citation: Citation = {
      field: 'signatures',
      sentence: signature.value,
      kind: 'issue',
      id,
      url: `/issues/${id}`,
      quote: row.title,
    };
    const draft = { ...content, signatures: [...content.signatures, signature] };
    proposed += await propose(row, draft, [citation], `signature ${signature.value}`, now);
  }
  for (const row of notes) {
    const content = storedContent(row.content);
    const cures = newCures(content, readNote(row.body ?? ''));
    if (cures.length === 0) continue;
    const id = shortId(row.prefix, row.issueNumber);
    const steps = cures.map(({ kind, text, language }) => (kind === 'command' ? codeBlock(text, language) : text));
    const citations = cures.map(
      (cure, at): Citation => ({
        field: 'solutions',
        sentence: steps[at] ?? '',
        kind: 'comment',
        id: `${id}/${row.comment_id}`,
        url: `/issues/${id}#c${row.comment_id}`,
        quote: cure.text,
      }),
    );
    const solution = { title: `As ${row.author} did for ${id}`.slice(0, 500), steps: steps.join('\n\n') };
    const draft = { ...content, solutions: [...content.solutions, solution] };
    proposed += await propose(row, draft, citations, `comment ${row.comment_id}`, now);
  }
  return proposed;
}

const COLUMNS = `i.project_id AS "projectId", i.number AS "issueNumber", p.prefix, i.title, i.template, i.type,
  e.id AS entry, i.known_confidence AS confidence, e.content`;
const TABLES = `JOIN issue i ON i.project_id = x.project_id AND i.number = x.issue_number AND i.merged_into IS NULL
  JOIN project p ON p.id = i.project_id JOIN entry e ON e.id = i.known_entry_id AND e.status = 'published'`;

async function acceptedSince(since: Date | null): Promise<Candidate[]> {
  const { rows } = await getPool().query<Candidate>(
    `SELECT DISTINCT ON (i.project_id, i.number) ${COLUMNS}, NULL AS comment_id, NULL AS body, NULL AS author
     FROM suggestion x ${TABLES}
     WHERE x.status = 'accepted' AND x.entry_id = e.id AND ($1::timestamptz IS NULL OR x.decided_at >= $1)
     LIMIT ${PER_PASS}`,
    [since],
  );
  return rows;
}

async function notesSince(since: Date | null): Promise<Candidate[]> {
  const { rows } = await getPool().query<Candidate>(
    `SELECT ${COLUMNS}, x.id AS comment_id, x.body, x.author_name AS author
     FROM comment x ${TABLES}
     WHERE i.status = 'resolved' AND ($1::timestamptz IS NULL OR x.created_at >= $1 OR i.status_changed_at >= $1)
     ORDER BY x.id LIMIT ${PER_PASS}`,
    [since],
  );
  return rows;
}

async function propose(
  row: Candidate,
  draft: EntryContent,
  citations: Citation[],
  change: string,
  now: Date,
): Promise<number> {
  const { count } = await getDb().suggestion.createMany({
    data: {
      projectId: row.projectId,
      issueNumber: row.issueNumber,
      kind: 'update',
      entryId: row.entry,
      draft,
      citations,
      author: 'rules',
      evidenceHash: createHash('sha256').update(change).digest('hex').slice(0, 32),
      score: row.confidence ?? 0.5,
      confidence: row.confidence ?? 0.5,
      createdAt: now,
    },
    skipDuplicates: true,
  });
  return count;
}
