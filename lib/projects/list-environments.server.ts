import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { DAY_MS } from '../time';

const RECENT_DAYS = 30;

/** Environments that sent events in the last 30 days, by name. */
export async function listEnvironments({ viewer, now }: { viewer: Viewer; now: Date }): Promise<string[]> {
  assertCan(viewer, 'read');
  const rows = await getDb().projectHour.groupBy({
    by: ['environment'],
    where: { hour: { gte: new Date(now.getTime() - RECENT_DAYS * DAY_MS) }, environment: { not: '' } },
    orderBy: { environment: 'asc' },
  });
  return rows.map((row) => row.environment);
}
