import type { NormalizedEvent } from '../ingest/event-schema';
import { log } from '../log.server';
import type { Tx } from './client.server';
import { namedStacks, restoreFrames, type StackBody } from './stored-stack';

interface StackRow {
  hash: string;
  body: string;
}

/** A pool or a client of `pg`, or a transaction of Prisma. */
type Source = Pick<Tx, '$queryRaw'> | { query(sql: string, values: unknown[]): Promise<{ rows: StackRow[] }> };

function readBodies(source: Source, projectId: number, hashes: string[]): Promise<StackRow[]> {
  if ('$queryRaw' in source)
    return source.$queryRaw<StackRow[]>`
      SELECT replace(hash::text, '-', '') AS hash, body FROM stack
      WHERE project_id = ${projectId} AND hash = ANY(${hashes}::uuid[])`;
  return source
    .query(
      `SELECT replace(hash::text, '-', '') AS hash, body FROM stack WHERE project_id = $1 AND hash = ANY($2::uuid[])`,
      [projectId, hashes],
    )
    .then(({ rows }) => rows);
}

/**
 * Makes events of one project whole, in place: whoever reads `data` of their rows, and looks at frames, calls it first.
 * One query for all of them, none when they have their stacks with them.
 * @returns the stacks they name, for `readRaw`.
 */
export async function restoreStacks(
  source: Source,
  projectId: number,
  events: readonly { data: NormalizedEvent | null; raw?: string | null }[],
): Promise<ReadonlyMap<string, StackBody>> {
  const bodies = new Map<string, StackBody>();
  const hashes = namedStacks(events);
  if (hashes.length === 0) return bodies;
  for (const { hash, body } of await readBodies(source, projectId, hashes)) {
    bodies.set(hash, JSON.parse(body) as StackBody);
  }
  const missing = hashes.filter((hash) => !bodies.has(hash));
  if (missing.length > 0) log().error({ project: projectId, missing }, 'Events name stacks that are not stored');
  for (const event of events) restoreFrames(event, bodies);
  return bodies;
}
