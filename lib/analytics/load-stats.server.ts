import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { SPOOL_STATE_KEY, spoolStateSchema } from '../settings/spool-state';
import type { Stats } from './analytics-schema';

const RESET_KEY = 'stats.reset_at';

const COUNTERS = ['received', 'accepted', 'duplicate', 'rejected', 'sampled', 'filtered', 'rate_limited'] as const;
type Counter = (typeof COUNTERS)[number];
const zero = (): Record<Counter, number> => ({
  received: 0,
  accepted: 0,
  duplicate: 0,
  rejected: 0,
  sampled: 0,
  filtered: 0,
  rate_limited: 0,
});

const isCounter = (name: string): name is Counter => (COUNTERS as readonly string[]).includes(name);

/** Counters of capture since the last reset, and how many issues and entries there are. */
export async function loadStats({ viewer }: { viewer: Viewer }): Promise<Stats> {
  assertCan(viewer, 'read');
  const [counters, { rows }] = await Promise.all([
    getPool().query<{ slug: string; name: string; value: string }>(
      `SELECT p.slug, c.name, c.value - c.base AS value FROM capture_counter c JOIN project p ON p.id = c.project_id
       ORDER BY p.slug, c.name`,
    ),
    getPool().query<
      Record<'total' | 'open' | 'resolved' | 'muted' | 'published' | 'pending', number> & {
        since: Date | null;
        spool: unknown;
      }
    >(
      `SELECT i.*, (SELECT count(*)::int FROM entry WHERE status = 'published') AS published,
         (SELECT count(*)::int FROM suggestion WHERE status = 'pending') AS pending,
         (SELECT value FROM setting WHERE key = $2) AS spool,
         coalesce((SELECT (value #>> '{}')::timestamptz FROM setting WHERE key = $1), (SELECT min(first_seen) FROM issue)) AS since
       FROM (SELECT count(*)::int AS total, count(*) FILTER (WHERE status NOT IN ('resolved', 'muted'))::int AS open,
               count(*) FILTER (WHERE status = 'resolved')::int AS resolved,
               count(*) FILTER (WHERE status = 'muted')::int AS muted FROM issue WHERE merged_into IS NULL) i`,
      [RESET_KEY, SPOOL_STATE_KEY],
    ),
  ]);
  const events = zero();
  const projects = new Map<string, Record<Counter, number>>();
  for (const { slug, name, value } of counters.rows) {
    if (!isCounter(name)) continue;
    const project = projects.get(slug) ?? zero();
    project[name] += Number(value);
    events[name] += Number(value);
    projects.set(slug, project);
  }
  const row = rows[0];
  return {
    since: row?.since?.toISOString() ?? null,
    events,
    projects: [...projects].map(([project, counts]) => ({ project, ...counts })),
    spool: spoolStateSchema
      .nullable()
      .catch(null)
      .parse(row?.spool ?? null),
    issues: {
      total: row?.total ?? 0,
      open: row?.open ?? 0,
      resolved: row?.resolved ?? 0,
      muted: row?.muted ?? 0,
    },
    knowledge: { published: row?.published ?? 0, pending_suggestions: row?.pending ?? 0 },
  };
}

/** Starts the counters anew; nothing that was stored is touched. */
export async function resetStats({ viewer, now }: { viewer: Viewer; now: Date }): Promise<{ since: string }> {
  assertCan(viewer, 'write');
  const value = now.toISOString();
  await getDb().$transaction(async (tx) => {
    await tx.$executeRaw`UPDATE capture_counter SET base = value`;
    await tx.setting.upsert({ where: { key: RESET_KEY }, create: { key: RESET_KEY, value }, update: { value } });
  });
  return { since: value };
}
