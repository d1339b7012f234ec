import { getPool } from '../db/client.server';
import type { Signature } from '../knowledge/entry-schema';
import { entryId } from '../knowledge/entry-words';
import { heldBy } from './back-test';
import { type Hit, issueIdOf } from './back-test.server';
import type { BackTest } from './back-test-schema';

/** Hits, the largest ones, whose text the signatures of others are held against; and signatures of others looked at. */
const HITS = 20;
const SIGNATURES = 20_000;
const EXAMPLES = 5;
const SHOWN = 20;

type Claims = Map<number, Set<string>>;

/** Other published entries that claim the issues which were hit, those with most of them first. */
export async function findCollisions(hits: readonly Hit[], own: number | null): Promise<BackTest['collisions']> {
  const claims: Claims = new Map();
  const claim = (entry: number, hit: Hit) => {
    if (entry !== own) claims.set(entry, (claims.get(entry) ?? new Set()).add(issueIdOf(hit.issue)));
  };
  for (const hit of hits) if (hit.issue.known_entry_id !== null) claim(hit.issue.known_entry_id, hit);
  const largest = hits.slice(0, HITS);
  for (const { entry_id, ...signature } of largest.length > 0 ? await otherSignatures(largest, own) : [])
    for (const hit of largest) if (heldBy([signature], errorOf(hit)).length > 0) claim(entry_id, hit);
  if (claims.size === 0) return [];
  const { rows } = await getPool().query<{ id: number; title: string }>(
    "SELECT id, title FROM entry WHERE id = ANY($1) AND status = 'published'",
    [[...claims.keys()]],
  );
  return rows
    .map(({ id, title }) => {
      const issues = [...(claims.get(id) ?? [])];
      return { entry: entryId(id), title, issues: issues.length, examples: issues.slice(0, EXAMPLES) };
    })
    .sort((a, b) => b.issues - a.issues)
    .slice(0, SHOWN);
}

const errorOf = ({ issue, example }: Hit) => ({
  type: issue.type,
  text: example?.text ?? [issue.type, issue.value].filter(Boolean).join(': '),
});

/** Types and codes are looked up by what the hits say; templates and patterns have to be tried. */
async function otherSignatures(
  hits: readonly Hit[],
  own: number | null,
): Promise<(Signature & { entry_id: number })[]> {
  const words = [...new Set(hits.flatMap((hit) => errorOf(hit).text.match(/[\w$-]{2,80}/g) ?? []))].slice(0, 2000);
  const { rows } = await getPool().query<Signature & { entry_id: number }>(
    `(SELECT entry_id, kind, value FROM entry_signature
       WHERE kind IN ('type', 'code') AND value = ANY($1) AND entry_id IS DISTINCT FROM $2 LIMIT ${SIGNATURES})
     UNION ALL
     (SELECT entry_id, kind, value FROM entry_signature
       WHERE kind IN ('message', 'regex') AND entry_id IS DISTINCT FROM $2 LIMIT ${SIGNATURES})`,
    [words, own],
  );
  return rows;
}
