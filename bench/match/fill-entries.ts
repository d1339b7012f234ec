import type { Client, Pool } from 'pg';
import { enlarged, type KnowledgeBase } from './knowledge-base';

const STEP = 1000;

/** Publishes so many entries, those that are there included, without revisions. */
export async function publishEntries(database: Client | Pool, base: KnowledgeBase, count: number): Promise<void> {
  const { rows } = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM entry');
  for (let from = rows[0]?.n ?? 0; from < count; from += STEP) {
    const contents = Array.from({ length: Math.min(STEP, count - from) }, (_, at) => enlarged(base, from + at));
    await database.query(
      `INSERT INTO entry (status, origin, version, content, title, category, component, search_text, created_at, updated_at, published_at, updated_by)
       SELECT 'published', 'import', 1, c, c->>'title', c->>'category', c->>'component', c->>'title', now(), now(), now(), 'Bench'
       FROM json_array_elements($1::json) AS j, LATERAL (SELECT j::jsonb AS c) AS x`,
      [JSON.stringify(contents)],
    );
  }
  await database.query('ANALYZE entry');
}
