import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { notFound } from '../errors';
import type { GroupingPart } from '../grouping/grouping-schema';
import type { NormalizedEvent } from '../ingest/event-schema';
import { shortId } from '../projects/project-schema';
import { mapOnView } from '../source-maps/map-on-view.server';
import { eventCompanions } from './event-companions.server';
import { loadGrouping } from './explain-grouping.server';
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

/** One event by its id (32 hex digits, dashes allowed), with its neighbours in the issue. @throws AppError `not_found`. */
export async function getEvent({ viewer, eventId }: { viewer: Viewer; eventId: string }): Promise<EventDetail> {
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
  const filed = { hash: row.hash, version: row.version ?? '', parts: row.parts ?? [] };
  const [older, newer, companions, missingMaps, grouping] = await Promise.all([
    neighbour(row, 'older'),
    neighbour(row, 'newer'),
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
    older,
    newer,
    ...companions,
    missing_source_maps: missingMaps,
    raw: row.raw === null ? null : JSON.parse(row.raw),
  };
}

async function neighbour(event: EventColumns, side: 'older' | 'newer'): Promise<string | null> {
  const [sign, order] = side === 'older' ? ['<', 'DESC'] : ['>', 'ASC'];
  const { rows } = await getPool().query<{ id: string }>(
    `SELECT id FROM event WHERE project_id = $1 AND issue_number = $2
       AND time ${sign}= $3 AND (time, id) ${sign} ($3, $4::uuid)
     ORDER BY time ${order}, id ${order} LIMIT 1`,
    [event.project_id, event.issue_number, event.time, event.id],
  );
  return rows[0] ? eventHex(rows[0].id) : null;
}
