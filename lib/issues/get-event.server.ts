import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { restoreStacks } from '../db/restore-stacks.server';
import { readRaw } from '../db/stored-stack';
import { notFound } from '../errors';
import type { GroupingPart } from '../grouping/grouping-schema';
import type { NormalizedEvent } from '../ingest/event-schema';
import { shortId } from '../projects/project-schema';
import { mapOnView } from '../source-maps/map-on-view.server';
import { eventCompanions } from './event-companions.server';
import { loadGrouping } from './explain-grouping.server';
import { type EventPlace, type EventSearch, findEvents, placeOf } from './find-events.server';
import { eventHex } from './issue-row';
import type { EventDetail } from './issue-schema';

interface EventColumns {
  project_id: number;
  issue_number: number;
  id: string;
  time: Date;
  title: string;
  hash: string;
  data: NormalizedEvent;
  raw: string | null;
  prefix: string;
  slug: string;
  version: string | null;
  parts: GroupingPart[] | null;
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/**
 * One event by its id (32 hex digits, dashes allowed), with its neighbours in the issue, among those that a search asks
 * for. @throws AppError `not_found`.
 */
export async function getEvent({
  viewer,
  eventId,
  ...search
}: { viewer: Viewer; eventId: string } & EventSearch): Promise<EventDetail> {
  assertCan(viewer, 'read');
  if (!UUID.test(eventId)) throw notFound('event', eventId.slice(0, 100));
  const { rows } = await getPool().query<EventColumns>(
    `SELECT e.project_id, e.issue_number, e.id, e.time, e.title, e.hash, e.data, e.raw, p.prefix, p.slug, g.version, g.parts
     FROM project p
     JOIN event e ON e.project_id = p.id AND e.id = $1::uuid
     LEFT JOIN grouping g ON g.project_id = e.project_id AND g.hash = e.hash
     LIMIT 1`,
    [eventId],
  );
  const row = rows[0];
  if (!row) throw notFound('event', eventId);
  const stacks = await restoreStacks(getPool(), row.project_id, [row]);
  const filed = { hash: row.hash, version: row.version ?? '', parts: row.parts ?? [] };
  const [neighbours, companions, missingMaps, grouping] = await Promise.all([
    findNeighbours(row, search),
    eventCompanions(row.project_id, row.id),
    mapOnView(row.project_id, row.data),
    loadGrouping({ projectId: row.project_id, prefix: row.prefix }, row.data, filed),
  ]);
  return {
    ...row.data,
    id: eventHex(row.id),
    issue_id: shortId(row.prefix, row.issue_number),
    project: row.slug,
    title: row.title,
    grouping,
    ...neighbours,
    ...companions,
    missing_source_maps: missingMaps,
    raw: row.raw === null ? null : readRaw(row.raw, stacks),
  };
}

/** The next to either side, and the ends beyond them; null where there is none. */
async function findNeighbours(event: EventColumns, search: EventSearch) {
  const id = shortId(event.prefix, event.issue_number);
  const issue = { projectId: event.project_id, number: event.issue_number, prefix: event.prefix, id };
  const here = placeOf(event);
  const next = async (order: 'newer' | 'older', after: EventPlace | null) => {
    const [found] = await findEvents(issue, { ...search, after, order, limit: 1 });
    return found && found.id !== event.id ? eventHex(found.id) : null;
  };
  const [older, newer, first, latest] = await Promise.all([
    next('older', here),
    next('newer', here),
    next('newer', null),
    next('older', null),
  ]);
  return { older, newer, first, latest };
}
