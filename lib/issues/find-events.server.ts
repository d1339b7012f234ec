import { z } from 'zod';
import { getPool } from '../db/client.server';
import { compilePattern } from '../projects/text-pattern';
import { type EventFilter, type EventTerm, eventFits, isFiltered } from './event-filter';
import { TEXT_COLUMNS, type TextColumns, textsOf } from './event-texts';
import type { IssueRef } from './find-issue.server';

/** How many events are looked at for those that fit, from where a search begins. */
const MAX_SEARCHED = 2000;
const CHUNK = 500;

/** Time and id of an event. */
export const eventPlaceSchema = z.tuple([z.iso.datetime(), z.uuid()]);
export type EventPlace = z.infer<typeof eventPlaceSchema>;

/** Which events are meant: by a filter, and by the form of their message (`*` for anything). */
export interface EventSearch {
  filter?: EventFilter;
  message?: string;
}

export interface FoundEvent {
  id: string;
  time: Date;
  level: string;
  service: string;
  environment: string;
  release: string | null;
  title: string;
}

interface Row extends FoundEvent, TextColumns {
  server_name: string | null;
  tags: [string, string][] | null;
}

export const placeOf = (event: Pick<FoundEvent, 'time' | 'id'>): EventPlace => [event.time.toISOString(), event.id];

const COLUMNS = ['environment', 'release', 'service'];
const isColumn = ({ key, value }: EventTerm) => COLUMNS.includes(key) && value !== '';

/**
 * Events of an issue beyond a place, nearest first: at most `limit`, among the nearest two thousand when tags or words
 * are looked for.
 */
export async function findEvents(
  issue: IssueRef,
  {
    after,
    order,
    limit,
    filter,
    message,
  }: EventSearch & { after: EventPlace | null; order: 'newer' | 'older'; limit: number },
): Promise<FoundEvent[]> {
  const byColumn = filter?.terms.filter(isColumn) ?? [];
  const rest: EventFilter = {
    terms: filter?.terms.filter((term) => !isColumn(term)) ?? [],
    words: filter?.words ?? [],
  };
  const read = (from: EventPlace | null, count: number) => readEvents(issue, { from, order, count, byColumn });
  if (!message && !isFiltered(rest)) return read(after, limit);
  const hasForm = message ? compilePattern(message) : null;
  const found: FoundEvent[] = [];
  let from = after;
  for (let searched = 0; searched < MAX_SEARCHED && found.length < limit; searched += CHUNK) {
    const rows = await read(from, CHUNK);
    const fits = (row: Row) => {
      const texts = textsOf(row);
      const event = { ...row, tags: row.tags ?? [], texts: [row.title, ...texts] };
      return (!hasForm || texts.some(hasForm)) && eventFits(rest, event);
    };
    found.push(...rows.filter(fits));
    if (rows.length < CHUNK) break;
    from = placeOf(rows.at(-1)!);
  }
  return found.slice(0, limit);
}

async function readEvents(
  { projectId, number }: IssueRef,
  page: { from: EventPlace | null; order: 'newer' | 'older'; count: number; byColumn: EventTerm[] },
): Promise<Row[]> {
  const [sign, direction] = page.order === 'older' ? ['<', 'DESC'] : ['>', 'ASC'];
  const values: unknown[] = [projectId, number, page.count];
  const place = (value: unknown) => `$${values.push(value)}`;
  const terms = page.byColumn.map(({ key, value }) => `AND ${key} = ${place(value)}`);
  if (page.from) {
    const [time, id] = page.from.map(place);
    terms.push(`AND time ${sign}= ${time}::timestamptz AND (time, id) ${sign} (${time}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await getPool().query<Row>(
    `SELECT id, time, level, service, environment, release, title, ${TEXT_COLUMNS},
       data->>'server_name' AS server_name, data->'tags' AS tags
     FROM event WHERE project_id = $1 AND issue_number = $2 ${terms.join(' ')}
     ORDER BY time ${direction}, id ${direction} LIMIT $3`,
    values,
  );
  return rows;
}
