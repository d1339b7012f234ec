import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { decodeCursor, toPage } from '../http/pagination';
import { type EntryStatus, entryId } from './entry-words';
import type { PreventionList, PreventionQuery, PreventionRow } from './prevention-schema';

interface Row {
  entry_id: number;
  position: number;
  text: string;
  done: boolean;
  owner: string;
  due: string | null;
  link: string;
  overdue: boolean;
  title: string;
  status: string;
  recurrences: number;
}

/** An item without a date comes after all that have one. */
const DUE = "coalesce(p.due, 'infinity'::date)";
const RECURRED = "EXISTS (SELECT FROM fix f WHERE f.entry_id = e.id AND f.verdict = 'recurred')";
const OWNERS = 12;

const cursorSchema = z.tuple([z.union([z.iso.date(), z.literal('infinity')]), z.number().int(), z.number().int()]);

/** What was decided to prevent errors and how far it is: the longest overdue first, those without a date last. */
export async function listPrevention({
  viewer,
  query,
  now,
}: {
  viewer: Viewer;
  query: PreventionQuery;
  now: Date;
}): Promise<PreventionList> {
  assertCan(viewer, 'read');
  const values: unknown[] = [now.toISOString().slice(0, 10)];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [query.status === 'done' ? 'p.done' : 'NOT p.done'];
  if (query.status === 'overdue') where.push('p.due < $1::date');
  if (query.owner) where.push(query.owner === 'none' ? "p.owner = ''" : `p.owner = ${bind(query.owner)}`);
  if (query.recurred) where.push(query.recurred === 'true' ? RECURRED : `NOT ${RECURRED}`);
  const after = decodeCursor(query.cursor, cursorSchema);
  if (after)
    where.push(`(${DUE}, p.entry_id, p.position) > (${bind(after[0])}::date, ${bind(after[1])}, ${bind(after[2])})`);
  const [{ rows }, totals] = await Promise.all([
    getPool().query<Row>(
      `SELECT p.entry_id, p.position, p.text, p.done, p.owner, p.due::text AS due, p.link,
              coalesce(NOT p.done AND p.due < $1::date, false) AS overdue, e.title, e.status,
              (SELECT count(*)::int FROM fix f WHERE f.entry_id = e.id AND f.verdict = 'recurred') AS recurrences
         FROM prevention_item p JOIN entry e ON e.id = p.entry_id
        WHERE ${where.join(' AND ')}
        ORDER BY ${DUE}, p.entry_id, p.position LIMIT ${bind(query.limit + 1)}`,
      values,
    ),
    loadTotals(now),
  ]);
  const page = toPage(rows, query.limit, (row) => [row.due ?? 'infinity', row.entry_id, row.position], toRow);
  return { ...page, totals };
}

const toRow = (row: Row): PreventionRow => ({
  n: row.position,
  text: row.text,
  done: row.done,
  owner: row.owner || null,
  due: row.due,
  link: row.link || null,
  overdue: row.overdue,
  entry: {
    id: entryId(row.entry_id),
    title: row.title,
    status: row.status as EntryStatus,
    recurrences: row.recurrences,
  },
});

async function loadTotals(now: Date): Promise<PreventionList['totals']> {
  const today = now.toISOString().slice(0, 10);
  const [sums, owners] = await Promise.all([
    getPool().query<Omit<PreventionList['totals'], 'owners'>>(
      `SELECT count(*) FILTER (WHERE NOT p.done)::int AS open,
              count(*) FILTER (WHERE NOT p.done AND p.due < $1::date)::int AS overdue,
              count(*) FILTER (WHERE p.done)::int AS done,
              count(*) FILTER (WHERE NOT p.done AND r.entry_id IS NOT NULL)::int AS recurred
         FROM prevention_item p
         LEFT JOIN (SELECT DISTINCT entry_id FROM fix WHERE verdict = 'recurred') r ON r.entry_id = p.entry_id`,
      [today],
    ),
    getPool().query<PreventionList['totals']['owners'][number]>(
      `SELECT p.owner, count(*)::int AS open, count(*) FILTER (WHERE p.due < $1::date)::int AS overdue
         FROM prevention_item p WHERE NOT p.done GROUP BY p.owner ORDER BY open DESC, p.owner LIMIT ${OWNERS}`,
      [today],
    ),
  ]);
  const { open = 0, overdue = 0, done = 0, recurred = 0 } = sums.rows[0] ?? {};
  return { open, overdue, done, recurred, owners: owners.rows };
}
