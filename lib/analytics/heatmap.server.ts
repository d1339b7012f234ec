import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import type { Heatmap } from './analytics-schema';
import { type AnalyticsScope, inScope, within } from './analytics-scope';

/** When errors come: events by weekday and hour, in a time zone that PostgreSQL knows. */
export async function heatmap({ viewer, scope }: { viewer: Viewer; scope: AnalyticsScope }): Promise<Heatmap> {
  assertCan(viewer, 'read');
  const zone = scope.zone ?? 'UTC';
  const values = new Values();
  const local = `(h.hour AT TIME ZONE ${values.add(zone)}::text)`;
  const { rows } = await getPool().query<{ day: number; hour: number; events: number }>(
    `SELECT extract(isodow FROM ${local})::int AS day, extract(hour FROM ${local})::int AS hour, sum(h.count)::int AS events
     FROM (SELECT h.hour, sum(h.count) AS count FROM project_hour h
           WHERE ${within('h.hour', scope.range, values)} AND ${inScope('h', scope, values)} GROUP BY h.hour) h
     GROUP BY 1, 2`,
    values.list,
  );
  const hours = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const { day, hour, events } of rows) {
    const row = hours[day - 1];
    if (row) row[hour] = events;
  }
  return { hours, zone };
}
