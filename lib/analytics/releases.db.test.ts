import { beforeEach, describe, expect, it } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { parseRange } from '../time';
import type { AnalyticsScope } from './analytics-scope';
import { projectDrops } from './project-drops.server';
import { releaseHealth } from './release-health.server';
import { listReleases } from './releases.server';

const database = useTestDatabase();
const NOW = new Date('2026-11-21T12:00:00.000Z');
const viewer = systemViewer();
const scopeOf = (changes: Partial<AnalyticsScope> = {}): AnalyticsScope => ({
  range: parseRange({ range: '14d' }, NOW),
  intervalMs: 86_400_000,
  ...changes,
});
const list = async (changes: Partial<AnalyticsScope> = {}, limit = 50) =>
  (await listReleases({ viewer, scope: scopeOf(changes), page: { limit } })).data;
const run = (sql: string, values: unknown[] = []) => getPool().query(sql, values);

async function issue(number: number, firstRelease: string, resolved: [string, string] | null = null): Promise<void> {
  await run(
    `INSERT INTO issue (project_id, number, title, level, service, environment, first_seen, last_seen, event_count,
       first_release, status, status_changed_at, resolved_at, resolved_mode, resolved_release)
     VALUES (1, $1::int, 'E', 'error', 's', 'production', $2, $2, $1::int, $3, $4, $2::timestamptz, $5::timestamptz, $6, $7)`,
    [number, NOW, firstRelease, resolved ? 'resolved' : 'new', resolved && NOW, resolved?.[0], resolved?.[1]],
  );
}

beforeEach(async () => {
  await database.truncate();
  await run(`INSERT INTO project (slug, name, prefix) VALUES ('shop', 'Shop', 'SHOP'), ('mail', 'Mail', 'MAIL')`);
  await run(
    `INSERT INTO release (project_id, version, first_seen, last_seen, event_count) VALUES
     (1, 'shop@1', '2026-11-10', '2026-11-20', 40), (1, 'shop@2', '2026-11-18', '2026-11-21', 7),
     (1, 'shop@0', '2026-08-01', '2026-09-01', 9), (2, 'mail@1', '2026-11-19', '2026-11-19', 1)`,
  );
  await run(
    `INSERT INTO release_session (project_id, release, environment, day, started, exited, errored, crashed, abnormal) VALUES
     (1, 'shop@1', 'production', '2026-11-15', 700, 690, 5, 7, 0), (1, 'shop@2', 'production', '2026-11-20', 250, 240, 5, 5, 1),
     (1, 'shop@2', 'staging', '2026-11-21', 50, 50, 0, 0, 0), (1, 'shop@2', 'production', '2026-10-01', 9000, 0, 0, 9000, 0)`,
  );
});

describe('releases', () => {
  it('are listed newest first, with how their sessions of the period went', async () => {
    await issue(1, 'shop@2');
    await issue(2, 'shop@2');
    const found = await list();
    expect(found.map(({ version }) => version)).toEqual(['mail@1', 'shop@2', 'shop@1']);
    expect(found[0]).toMatchObject({ project: 'mail', crash_free_rate: null, adoption: null, events: 1 });
    expect(found[1]).toMatchObject({
      project: 'shop',
      first_event: '2026-11-18T00:00:00.000Z',
      last_event: '2026-11-21T00:00:00.000Z',
      events: 7,
      sessions: { started: 300, errored: 5, crashed: 5, abnormal: 1 },
      adoption: 0.3,
      new_issues: 2,
    });
    expect(found[1]?.crash_free_rate).toBeCloseTo(1 - 5 / 300);
    expect(found[2]).toMatchObject({ adoption: 0.7, new_issues: 0 });
  });

  it('keep to a project and an environment', async () => {
    const found = await list({ project: 'shop', environment: 'staging' });
    expect(found.map(({ version, sessions }) => [version, sessions.started])).toEqual([
      ['shop@2', 50],
      ['shop@1', 0],
    ]);
  });

  it('come in pages, each once, also those that only sessions tell of', async () => {
    await run(`INSERT INTO release_session (project_id, release, environment, day, started) VALUES
      (1, 'quiet@1', 'production', '2026-11-18', 3), (1, '', 'production', '2026-11-18', 3)`);
    const versions: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listReleases({ viewer, scope: scopeOf(), page: { limit: 1, cursor } });
      versions.push(...page.data.map(({ version }) => version));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(versions).toEqual(['mail@1', 'shop@2', 'quiet@1', 'shop@1']);
  });
});

describe('a release', () => {
  it('tells its sessions by day, the issues it brought and those resolved in it', async () => {
    await issue(1, 'shop@2');
    await issue(2, 'shop@1', ['release', 'shop@2']);
    await issue(3, 'shop@1', ['next_release', 'shop@1']);
    await issue(4, 'shop@1', ['release', 'shop@1']);
    await issue(5, 'shop@1', ['now', 'shop@2']);
    const health = await releaseHealth({ viewer, project: 'shop', version: 'shop@2', scope: scopeOf() });
    expect(health.previous).toBe('shop@1');
    expect(health.new.map(({ id }) => id)).toEqual(['SHOP-1']);
    expect(health.resolved.map(({ id }) => id)).toEqual(['SHOP-3', 'SHOP-2']);
    expect(health.days).toHaveLength(15);
    expect(health.days.filter(({ started }) => started > 0)).toEqual([
      { day: '2026-11-20', started: 250, crashed: 5 },
      { day: '2026-11-21', started: 50, crashed: 0 },
    ]);
  });

  it('is found when it was quiet in the period, and not when there is none', async () => {
    const old = await releaseHealth({ viewer, project: '1', version: 'shop@0', scope: scopeOf() });
    expect(old).toMatchObject({ events: 9, previous: null, crash_free_rate: null });
    await expect(releaseHealth({ viewer, project: 'mail', version: 'shop@0', scope: scopeOf() })).rejects.toThrow(
      'no release',
    );
  });
});

it('a project tells what was thrown away in the last days, by whom and why', async () => {
  await run(
    `INSERT INTO discarded_item (project_id, day, source, reason, category, count) VALUES
     (1, '2026-11-21', 'sdk', 'before_send', 'error', 3), (1, '2026-11-15', 'sdk', 'before_send', 'error', 4),
     (1, '2026-11-14', 'sdk', 'before_send', 'error', 100), (1, '2026-11-20', 'errata', 'not_kept', 'attachment', 9)`,
  );
  await run(`INSERT INTO filter_drop (project_id, day, filter, count) VALUES (1, '2026-11-21', 'health_checks', 5)`);
  expect(await projectDrops({ viewer, projectId: 'shop', days: 7, now: NOW })).toEqual({
    days: 7,
    items: [
      { source: 'errata', reason: 'not_kept', category: 'attachment', count: 9 },
      { source: 'sdk', reason: 'before_send', category: 'error', count: 7 },
    ],
    filters: [{ filter: 'health_checks', count: 5 }],
  });
});
