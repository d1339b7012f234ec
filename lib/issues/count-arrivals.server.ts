import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { seenSince, Values } from './issue-conditions';
import type { Arrivals } from './issue-schema';
import { filterConditions, type IssueFilter, projectCondition } from './list-issues.server';

/** Beyond this nobody counts; the work stays small whatever happens. */
const MOST = 1000;

/** Issues of a filter that an event has reached since an instant. Walks the latest issues only. */
export async function countArrivals({
  viewer,
  filter,
  since,
  now,
}: {
  viewer: Viewer;
  filter: IssueFilter;
  since: Date;
  now: Date;
}): Promise<Arrivals> {
  assertCan(viewer, 'read');
  const values = new Values();
  const conditions = filterConditions(filter, values, viewer, now);
  const from = values.add(since);
  conditions.push(seenSince(from), `i.last_seen > ${from}::timestamptz`);
  const projects = filter.project ? `WHERE ${projectCondition(filter.project, values)}` : '';
  const { rows } = await getPool().query<Arrivals>(
    `SELECT (count(*) FILTER (WHERE first_seen > ${from}))::int AS new,
            (count(*) FILTER (WHERE first_seen <= ${from}))::int AS updated
     FROM project p CROSS JOIN LATERAL (
       SELECT i.first_seen FROM issue i WHERE i.project_id = p.id AND ${conditions.join(' AND ')}
       ORDER BY i.last_seen_hour DESC LIMIT ${MOST}) found ${projects}`,
    values.list,
  );
  return rows[0] ?? { new: 0, updated: 0 };
}
