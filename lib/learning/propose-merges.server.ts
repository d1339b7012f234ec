import { getDb, getPool } from '../db/client.server';
import { storedContent } from '../knowledge/entry-dto';
import { entryIndex } from '../search/entry-index.server';
import { matchDocument } from '../search/match-document';
import { nearDuplicates } from './near-duplicates';

/** Entries compared in one pass; the others wait for their next change. */
const PER_PASS = 300;

/** Proposes to merge entries that were changed since with those that say the same. Each pair once. Answers how many are new. */
export async function proposeMerges(since: Date | null, now: Date): Promise<number> {
  const { rows: changed } = await getPool().query<{ id: number; content: unknown }>(
    `SELECT id, content FROM entry WHERE status = 'published' AND ($1::timestamptz IS NULL OR updated_at >= $1)
     ORDER BY updated_at DESC LIMIT ${PER_PASS}`,
    [since],
  );
  if (changed.length === 0) return 0;
  const index = await entryIndex();
  let proposed = 0;
  for (const row of changed) {
    const near = nearDuplicates(index, matchDocument(row.id, storedContent(row.content)), (id) => index.source(id));
    for (const { id, score, shared } of near) proposed += await propose(row.id, id, score, shared, now);
  }
  return proposed;
}

/** The older one stays, unless only the younger one was ever seen to hold. */
async function propose(a: number, b: number, score: number, shared: string[], now: Date): Promise<number> {
  const held = await getDb().fix.groupBy({
    by: ['entryId'],
    where: { entryId: { in: [a, b] }, verdict: 'held' },
    _count: true,
  });
  const [older, younger] = [Math.min(a, b), Math.max(a, b)];
  const holds = (id: number) => held.some((row) => row.entryId === id);
  const keepId = holds(younger) && !holds(older) ? younger : older;
  const { count } = await getDb().entryMerge.createMany({
    data: {
      keepId,
      dropId: keepId === older ? younger : older,
      score: Math.round(score * 1000) / 1000,
      evidence: shared.slice(0, 8),
      createdAt: now,
    },
    skipDuplicates: true,
  });
  return count;
}
