import { createHash } from 'node:crypto';
import { getDb, getPool, type Tx } from '../db/client.server';
import type { IssueKey } from './match-issue.server';
import { type PatternKey, patternKeys } from './pattern-keys';

const BATCH = 200;
/** A pattern that grew this many keys takes in no further pattern: chains of likeness would make one of everything. */
const KEYS_PER_PATTERN = 40;
/** Key of the advisory lock: two processes that meet the same new failure make one pattern. */
const LOCK = 0x0e44a7c;

interface Featured extends IssueKey {
  title: string;
  features: string[];
}

/** Finds the pattern of one issue; nothing for an issue that has no telling message or stack. Idempotent. */
export async function minePattern(issue: IssueKey): Promise<void> {
  const { rows } = await getPool().query<Featured>(`${FEATURED} AND f.project_id = $1 AND f.issue_number = $2`, [
    issue.projectId,
    issue.issueNumber,
  ]);
  await place(rows);
}

/**
 * Finds the patterns of issues that have none yet: of those first seen since, or of all where there are no patterns.
 * Answers how many issues were looked at.
 */
export async function minePatterns(since: Date | null): Promise<number> {
  const { rows } = await getPool().query<Featured>(
    `${FEATURED} AND ($1::timestamptz IS NULL OR i.first_seen >= $1 OR NOT EXISTS (SELECT 1 FROM pattern))
       AND NOT EXISTS (SELECT 1 FROM pattern_issue m WHERE m.project_id = i.project_id AND m.issue_number = i.number)
     ORDER BY i.first_seen`,
    [since],
  );
  for (let at = 0; at < rows.length; at += BATCH) await place(rows.slice(at, at + BATCH));
  return rows.length;
}

const FEATURED = `SELECT f.project_id AS "projectId", f.issue_number AS "issueNumber", i.title, f.features
  FROM issue_feature f JOIN issue i ON i.project_id = f.project_id AND i.number = f.issue_number
  WHERE i.merged_into IS NULL`;

async function place(issues: readonly Featured[]): Promise<void> {
  const keyed = issues
    .map((issue) => ({ issue, keys: patternKeys(issue.features) }))
    .filter(({ keys }) => keys.length > 0);
  if (keyed.length === 0) return;
  await getDb().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`;
      for (const { issue, keys } of keyed) await placeIssue(tx, issue, keys);
    },
    { timeout: 60_000 },
  );
}

const hashOf = ({ kind, value }: PatternKey): string =>
  createHash('sha256').update(`${kind}\n${value}`).digest('hex').slice(0, 32);

async function placeIssue(tx: Tx, issue: Featured, keys: PatternKey[]): Promise<void> {
  const now = new Date();
  const byHash = new Map(keys.map((key) => [hashOf(key), key]));
  const known = await tx.$queryRaw<{ key: string; pattern_id: bigint; keys: number }[]>`
    SELECT key, pattern_id, (SELECT count(*)::int FROM pattern_key o WHERE o.pattern_id = k.pattern_id) AS keys
    FROM pattern_key k WHERE key = ANY(${[...byHash.keys()]}) ORDER BY pattern_id`;
  const [first, ...others] = [...new Set(known.map((row) => row.pattern_id))];
  const id =
    first ??
    (await tx.pattern.create({ data: { title: issue.title.slice(0, 500), createdAt: now, updatedAt: now } })).id;
  for (const other of others) {
    const size = known.filter((row) => row.pattern_id === other || row.pattern_id === id);
    if (size.reduce((sum, row) => sum + row.keys, 0) <= KEYS_PER_PATTERN) await absorb(tx, id, other);
  }
  await tx.patternKey.createMany({
    data: [...byHash].map(([key, { kind, value }]) => ({ key, patternId: id, kind, value: value.slice(0, 1000) })),
    skipDuplicates: true,
  });
  await tx.$executeRaw`
    INSERT INTO pattern_issue (project_id, issue_number, pattern_id) VALUES (${issue.projectId}, ${issue.issueNumber}, ${id})
    ON CONFLICT (project_id, issue_number) DO UPDATE SET pattern_id = excluded.pattern_id`;
  if (first !== undefined) await tx.pattern.update({ where: { id }, data: { updatedAt: now } });
}

/** An issue with the message of one and the frames of the other shows that both are the same failure. */
async function absorb(tx: Tx, into: bigint, from: bigint): Promise<void> {
  await tx.patternKey.updateMany({ where: { patternId: from }, data: { patternId: into } });
  await tx.patternIssue.updateMany({ where: { patternId: from }, data: { patternId: into } });
  await tx.pattern.delete({ where: { id: from } });
}
