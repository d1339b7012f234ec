import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { type EntryFacets, type EntryFilter, FACETS, type FacetName } from './entry-input-schema';
import { entryCondition, ownFilter, staleSql } from './entry-query.server';

const VALUES: Record<FacetName, Prisma.Sql> = {
  status: Prisma.sql`e.status`,
  category: Prisma.sql`e.category`,
  severity: Prisma.sql`coalesce(e.severity, '')`,
  component: Prisma.sql`e.component`,
  tag: Prisma.sql`unnest(e.tags)`,
  origin: Prisma.sql`e.origin`,
};
/** Values a facet shows, the most frequent ones. */
const SHOWN = 30;

/** How many entries each value of each facet would leave under the other filters. */
export async function entryFacets({
  viewer,
  filter: asked,
  now,
}: {
  viewer: Viewer;
  filter: EntryFilter;
  now: Date;
}): Promise<EntryFacets> {
  assertCan(viewer, 'read');
  const filter = ownFilter(viewer, asked);
  const today = now.toISOString().slice(0, 10);
  const [totals, ...facets] = await Promise.all([
    getDb().$queryRaw<{ total: number; disputed: number; stale: number }[]>(Prisma.sql`
      SELECT count(*)::int AS total, count(*) FILTER (WHERE e.disputed)::int AS disputed,
             count(*) FILTER (WHERE ${staleSql(today)})::int AS stale
        FROM entry e WHERE ${entryCondition(filter, now)}`),
    ...FACETS.map((facet) =>
      getDb().$queryRaw<{ value: string; count: number }[]>(Prisma.sql`
        SELECT value, count(*)::int AS count
          FROM (SELECT ${VALUES[facet]} AS value FROM entry e WHERE ${entryCondition(filter, now, facet)}) v
         WHERE value <> '' GROUP BY value ORDER BY count DESC, value LIMIT ${SHOWN}`),
    ),
  ]);
  const counts = Object.fromEntries(FACETS.map((facet, index) => [facet, facets[index] ?? []]));
  return { ...(totals[0] ?? { total: 0, disputed: 0, stale: 0 }), ...counts } as EntryFacets;
}
