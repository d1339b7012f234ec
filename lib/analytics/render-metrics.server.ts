import { Counter, Gauge, Registry } from 'prom-client';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { SPOOL_STATE_KEY } from '../settings/spool-state';
import { loadStatus } from './load-status.server';

const CAPTURE: Record<string, string> = {
  received: 'Reports received.',
  accepted: 'Events stored.',
  duplicate: 'Events that were stored before.',
  rejected: 'Reports refused.',
  sampled: 'Events counted without being kept.',
  filtered: 'Events dropped by filters.',
  rate_limited: 'Requests turned away by quotas.',
};

/**
 * Prometheus text. The figures live in the database, so that every process answers alike and a restart does not set
 * counters back; labels are projects, states and verdicts, never issues or people.
 */
export async function renderMetrics({
  viewer,
  now,
  version,
}: {
  viewer: Viewer;
  now: Date;
  version: string;
}): Promise<{ body: string; contentType: string }> {
  assertCan(viewer, 'read');
  const registry = new Registry();
  const [status, counters, discarded, issues, points, fixes, knowledge, spool] = await Promise.all([
    loadStatus({ viewer, now, version }),
    rowsOf<{ project: string; name: string; value: string }>(
      `SELECT p.slug AS project, c.name, c.value FROM capture_counter c JOIN project p ON p.id = c.project_id ORDER BY 1, 2`,
    ),
    rowsOf<{ project: string; source: string; reason: string; category: string; n: string }>(
      `SELECT p.slug AS project, d.source, d.reason, d.category, sum(d.count) AS n
       FROM discarded_item d JOIN project p ON p.id = d.project_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    ),
    rowsOf<{ project: string; status: string; n: number }>(
      `SELECT p.slug AS project, i.status, count(*)::int AS n FROM issue i JOIN project p ON p.id = i.project_id
       WHERE i.merged_into IS NULL GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
    rowsOf<{ project: string; kind: string; n: number }>(
      `SELECT p.slug AS project, t.kind, count(*)::int AS n FROM turning_point t JOIN project p ON p.id = t.project_id
       WHERE t.kind IN ('resolved', 'regressed') GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
    rowsOf<{ verdict: string; n: number }>(`SELECT verdict, count(*)::int AS n FROM fix GROUP BY 1 ORDER BY 1`),
    rowsOf<{ name: string; n: number }>(
      `SELECT 'entries_' || status AS name, count(*)::int AS n FROM entry GROUP BY 1
       UNION ALL SELECT 'suggestions_' || status, count(*)::int FROM suggestion GROUP BY 1`,
    ),
    rowsOf<{ bytes: string }>(`SELECT value ->> 'bytes' AS bytes FROM setting WHERE key = '${SPOOL_STATE_KEY}'`),
  ]);

  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `errata_${name}`, help, labelNames, registers: [registry] });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `errata_${name}`, help, labelNames, registers: [registry] });

  gauge('build_info', 'Version of Errata.', ['version']).set({ version }, 1);
  for (const [name, help] of Object.entries(CAPTURE)) {
    const metric = counter(`events_${name}_total`, help, ['project']);
    for (const row of counters) if (row.name === name) metric.inc({ project: row.project }, Number(row.value));
  }
  const dropped = counter('items_discarded_total', 'Items that never became events, dropped by the SDK or here.', [
    'project',
    'source',
    'reason',
    'category',
  ]);
  for (const { n, ...labels } of discarded) dropped.inc(labels, Number(n));
  const states = gauge('issues', 'Issues by state.', ['project', 'status']);
  for (const row of issues) states.set({ project: row.project, status: row.status }, row.n);
  const created = counter('issues_new_total', 'Issues ever opened.', ['project']);
  for (const row of issues) created.inc({ project: row.project }, row.n);
  for (const kind of ['resolved', 'regressed']) {
    const metric = counter(`issues_${kind}_total`, `Times that an issue was ${kind}.`, ['project']);
    for (const row of points) if (row.kind === kind) metric.inc({ project: row.project }, row.n);
  }
  const verdicts = gauge('fixes', 'Fixes by verdict.', ['verdict']);
  for (const row of fixes) verdicts.set({ verdict: row.verdict }, row.n);
  for (const kind of ['entries', 'suggestions']) {
    const metric = gauge(kind, `Knowledge ${kind} by state.`, ['status']);
    for (const row of knowledge)
      if (row.name.startsWith(`${kind}_`)) metric.set({ status: row.name.slice(kind.length + 1) }, row.n);
  }
  gauge('queue_depth', 'Jobs that wait.').set(status.components.queue.waiting);
  gauge('queue_failed', 'Jobs that failed for good.').set(status.components.queue.failed);
  gauge('queue_oldest_age_seconds', 'How long the oldest job waits.').set(status.components.queue.oldest_seconds);
  gauge('spool_bytes', 'Bytes of events that wait on disk for the database.').set(Number(spool[0]?.bytes ?? 0));
  gauge('worker_up', 'Whether the worker beats.').set(status.components.worker.status === 'ok' ? 1 : 0);
  gauge('database_size_bytes', 'Size of the database.').set(status.components.database.size_bytes);
  return { body: await registry.metrics(), contentType: registry.contentType };
}

async function rowsOf<T extends object>(sql: string): Promise<T[]> {
  return (await getPool().query<T>(sql)).rows;
}
