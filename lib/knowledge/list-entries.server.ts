import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { AppError } from '../errors';
import { decodeCursor, type Page, toPage } from '../http/pagination';
import { type EntryRowBase, NO_TRACK_RECORD, toEntrySummary } from './entry-dto';
import type { EntryListQuery, EntrySort } from './entry-input-schema';
import { entryCondition, ownFilter, rankedCondition, relevanceSql } from './entry-query.server';
import type { EntrySummary } from './entry-schema';
import { trackRecords } from './track-record.server';

type Row = EntryRowBase & {
  title: string;
  category: string;
  severity: string | null;
  component: string;
  tags: string[];
  /** What the list is sorted by, as text or number. */
  key: string | number;
};

interface Order {
  /** Expression sorted by; never null. */
  key: (q: string) => Prisma.Sql;
  direction: 'ASC' | 'DESC';
  /** Type to bind a cursor's key as. */
  type: string;
}

const ORDERS: Record<EntrySort, Order> = {
  relevance: { key: relevanceSql, direction: 'DESC', type: 'float8' },
  updated: { key: () => Prisma.sql`e.updated_at`, direction: 'DESC', type: 'timestamptz' },
  created: { key: () => Prisma.sql`e.created_at`, direction: 'DESC', type: 'timestamptz' },
  title: { key: () => Prisma.sql`e.title COLLATE "C"`, direction: 'ASC', type: 'text' },
  id: { key: () => Prisma.sql`e.id`, direction: 'ASC', type: 'integer' },
  next_review: { key: () => Prisma.sql`coalesce(e.next_review, 'infinity'::date)`, direction: 'ASC', type: 'date' },
};

const cursorSchema = z.tuple([z.union([z.string().max(1000), z.number()]), z.number().int()]);

/** A page of entries with their track records. @throws AppError `invalid_cursor`. */
export async function listEntries({
  viewer,
  query,
  now,
}: {
  viewer: Viewer;
  query: EntryListQuery;
  now: Date;
}): Promise<Page<EntrySummary>> {
  assertCan(viewer, 'read');
  const sort = query.sort === 'relevance' && !query.q ? 'updated' : (query.sort ?? (query.q ? 'relevance' : 'updated'));
  const filter = ownFilter(viewer, query);
  const order = ORDERS[sort];
  const key = order.key(query.q ?? '');
  const direction = Prisma.raw(order.direction);
  const cursor = decodeCursor(query.cursor, cursorSchema);
  const after = cursor
    ? Prisma.sql`AND (${key}, e.id) ${Prisma.raw(order.direction === 'ASC' ? '>' : '<')} (${String(cursor[0])}::text::${Prisma.raw(order.type)}, ${cursor[1]})`
    : Prisma.empty;
  const rows = await getDb()
    .$queryRaw<Row[]>(
      Prisma.sql`
    SELECT e.id, e.external_id AS "externalId", e.status, e.origin, e.disputed, e.version, e.next_review AS "nextReview",
           e.created_at AS "createdAt", e.updated_at AS "updatedAt", e.title, e.category, e.severity, e.component, e.tags,
           ${order.type === 'timestamptz' ? Prisma.sql`to_char(${key} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : Prisma.sql`(${key})::text`} AS key
      FROM entry e
     WHERE ${sort === 'relevance' ? rankedCondition({ ...filter, q: query.q ?? '' }, now) : entryCondition(filter, now)} ${after}
     ORDER BY ${key} ${direction}, e.id ${direction}
     LIMIT ${query.limit + 1}`,
    )
    .catch((cause: unknown) => {
      // The only text bound as another type is the cursor's.
      if (cursor && /22007|22P02|22008/.test(String(cause)))
        throw new AppError('invalid_cursor', 'The cursor belongs to a list sorted otherwise; start again without it.', {
          cause,
        });
      throw cause;
    });
  const records = await trackRecords(rows.map((row) => row.id));
  return toPage(
    rows,
    query.limit,
    (row) => [row.key, row.id],
    (row) => toEntrySummary(row, records.get(row.id) ?? { trackRecord: NO_TRACK_RECORD, issues: 0 }, now),
  );
}
