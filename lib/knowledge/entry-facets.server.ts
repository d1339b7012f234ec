import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { type EntryFacets, type EntryFilter, entryFilterSchema, FACETS, type FacetName } from './entry-input-schema';
import { facetCondition, ownFilter, staleSql, wholeCondition } from './entry-query.server';
import { FacetCache } from './facet-cache';

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

const cache = new FacetCache<EntryFacets>();

/** How many entries each value of each facet would leave under the other filters. Over many entries up to a minute old. */
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
  // Only what filters: a sort or a page has the same counts.
  const key = JSON.stringify(
    Object.keys(entryFilterSchema.shape).map((name) => filter[name as keyof EntryFilter] ?? null),
  );
  return cache.get(key, now.getTime(), () => countFacets(filter, now));
}

/** The entries that no facet narrows are read once, narrow, and counted for each facet from there. */
async function countFacets(filter: EntryFilter, now: Date): Promise<EntryFacets> {
  const today = now.toISOString().slice(0, 10);
  const counted = FACETS.map(
    (facet) => Prisma.sql`
      (SELECT ${facet} AS facet, value, count(*)::int AS count
         FROM (SELECT ${VALUES[facet]} AS value FROM matching e WHERE ${facetCondition(filter, facet)}) v
        WHERE value <> '' GROUP BY value ORDER BY count DESC, value LIMIT ${SHOWN})`,
  );
  const rows = await getDb().$queryRaw<{ facet: string; value: string; count: number }[]>(Prisma.sql`
    WITH matching AS MATERIALIZED (
      SELECT e.status, e.category, e.severity, e.component, e.tags, e.origin, e.disputed, e.next_review
        FROM entry e WHERE ${wholeCondition(filter, now)})
    SELECT 'total' AS facet, '' AS value, count(*)::int AS count FROM matching e WHERE ${facetCondition(filter)}
    UNION ALL SELECT 'disputed', '', count(*)::int FROM matching e WHERE e.disputed AND ${facetCondition(filter)}
    UNION ALL SELECT 'stale', '', count(*)::int FROM matching e WHERE ${staleSql(today)} AND ${facetCondition(filter)}
    UNION ALL ${Prisma.join(counted, ' UNION ALL ')}`);
  const one = (facet: string) => rows.find((row) => row.facet === facet)?.count ?? 0;
  const many = (facet: FacetName) =>
    rows.filter((row) => row.facet === facet).map(({ value, count }) => ({ value, count }));
  return {
    ...{ total: one('total'), disputed: one('disputed'), stale: one('stale') },
    ...(Object.fromEntries(FACETS.map((facet) => [facet, many(facet)])) as Pick<EntryFacets, FacetName>),
  };
}
