import type { Viewer } from '../auth/viewer';
import { Prisma } from '../db/generated/client';
import type { EntryFilter, FacetName } from './entry-input-schema';
import { parseEntryId } from './entry-words';

/** The filters of a list of entries as SQL over the table `entry`, aliased `e`. Values are bound, never pasted. */

const FACET_CONDITION: Record<Exclude<FacetName, 'status'>, (value: string) => Prisma.Sql> = {
  category: (value) => Prisma.sql`e.category = ${value}`,
  severity: (value) => Prisma.sql`e.severity = ${value}`,
  component: (value) => Prisma.sql`e.component = ${value}`,
  tag: (value) => Prisma.sql`e.tags @> ARRAY[${value}]::text[]`,
  origin: (value) => Prisma.sql`e.origin = ${value}`,
};

const staleSql = (today: string) => Prisma.sql`(e.status = 'published' AND e.next_review < ${today}::date)`;

/** Nobody's id: a token owns no entries. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The filter with `me` made out. */
export const ownFilter = <F extends EntryFilter>(viewer: Viewer, filter: F): F =>
  filter.owner === 'me' ? { ...filter, owner: viewer.userId ?? NOBODY } : filter;

/** All filters of a list. */
export const entryCondition = (filter: EntryFilter, now: Date): Prisma.Sql =>
  Prisma.sql`${wholeCondition(filter, now)} AND ${facetCondition(filter)}`;

/** The values of facets; `except` leaves one facet's own out, to count what else it could be. */
export function facetCondition(filter: EntryFilter, except?: FacetName): Prisma.Sql {
  const all: Prisma.Sql[] = [Prisma.sql`TRUE`];
  if (filter.status?.length && except !== 'status') all.push(Prisma.sql`e.status = ANY(${filter.status}::text[])`);
  for (const [facet, condition] of Object.entries(FACET_CONDITION)) {
    const value = filter[facet as keyof typeof FACET_CONDITION];
    if (value && facet !== except) all.push(condition(value));
  }
  return Prisma.join(all, ' AND ');
}

/** Everything else. */
export function wholeCondition(filter: EntryFilter, now: Date): Prisma.Sql {
  const today = now.toISOString().slice(0, 10);
  const all: Prisma.Sql[] = [Prisma.sql`TRUE`];
  if (typeof filter.disputed === 'boolean') all.push(Prisma.sql`e.disputed = ${filter.disputed}`);
  if (typeof filter.stale === 'boolean')
    all.push(filter.stale ? staleSql(today) : Prisma.sql`${staleSql(today)} IS NOT TRUE`);
  if (filter.owner) all.push(Prisma.sql`e.owner_id = ${filter.owner}::uuid`);
  if (filter.external_id) all.push(Prisma.sql`e.external_id = ${filter.external_id}`);
  if (filter.q) all.push(Prisma.sql`(${Prisma.join(textConditions(filter.q), ' OR ')})`);
  return Prisma.join(all, ' AND ');
}

/** Of a common word so many hits are ranked; the others say no more than these do. */
const RANKED = 1000;

/**
 * The filters of a list that is sorted by relevance: ranking reads the whole text of a hit, so that of each way to hit no
 * more than a thousand are ranked.
 */
export function rankedCondition(filter: EntryFilter & { q: string }, now: Date): Prisma.Sql {
  const others = entryCondition({ ...filter, q: undefined }, now);
  const ways = textConditions(filter.q).map(
    (way) => Prisma.sql`(SELECT e.id FROM entry e WHERE ${way} AND ${others} LIMIT ${RANKED})`,
  );
  return Prisma.sql`e.id IN (${Prisma.join(ways, ' UNION ')})`;
}

/** Words (the last may be a beginning), a part of the title, or the id. */
function textConditions(q: string): Prisma.Sql[] {
  const any = [
    Prisma.sql`e.search @@ websearch_to_tsquery('simple', ${q})`,
    Prisma.sql`e.title ILIKE ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}`,
  ];
  const words = wordsQuery(q);
  if (words) any.push(Prisma.sql`e.search @@ to_tsquery('simple', ${words})`);
  const number = parseEntryId(q);
  if (number !== null) any.push(Prisma.sql`e.id = ${number}`);
  return any;
}

/** `conn pool` → `conn:* & pool:*`; null when there is no word in it. */
const wordsQuery = (q: string): string | null =>
  (q.match(/[\p{L}\p{N}]+/gu) ?? [])
    .slice(0, 20)
    .map((word) => `${word}:*`)
    .join(' & ') || null;

/** How well an entry answers `q`: a title that holds it comes before one that holds the words somewhere. */
export function relevanceSql(q: string): Prisma.Sql {
  const words = wordsQuery(q) ?? '';
  return Prisma.sql`(ts_rank(e.search, to_tsquery('simple', ${words}))
    + CASE WHEN e.title ILIKE ${`%${q.replace(/[\\%_]/g, '\\$&')}%`} THEN 1 ELSE 0 END
    + CASE WHEN e.id = ${parseEntryId(q) ?? -1} THEN 2 ELSE 0 END)::float8`;
}

export { staleSql };
