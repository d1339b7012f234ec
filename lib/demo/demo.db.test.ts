import { beforeAll, describe, expect, test } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { demoSummary, loadDemo, removeDemo } from './load-demo.server';

useTestDatabase();
const now = new Date('2026-09-15T15:30:00Z');
const viewer = systemViewer();

const count = async (sql: string): Promise<number> =>
  Number(Object.values((await getPool().query(`SELECT ${sql}`)).rows[0])[0]);

beforeAll(async () => {
  await loadDemo({ viewer, now });
}, 120_000);

describe('the sample data', () => {
  test('is what it says: four services, thirty days, thirty entries', async () => {
    const summary = await demoSummary();
    expect(summary).toMatchObject({ loaded: true, entries: 30 });
    expect(summary.events).toBeGreaterThan(2_000);
    const services = await getDb().issue.findMany({
      distinct: ['service'],
      select: { service: true },
      orderBy: { service: 'asc' },
    });
    expect(services.map((row) => row.service)).toEqual(['courier', 'orders', 'pricing', 'web']);
    expect(await count('extract(day FROM max(time) - min(time)) FROM event')).toBeGreaterThanOrEqual(29);
  });

  test('counts exactly what it stored', async () => {
    const rows = await count('count(*) FROM event');
    expect(await count('sum(event_count) FROM issue')).toBe(rows);
    expect(await count('sum(count) FROM issue_hour')).toBe(rows);
    expect(await count('sum(count) FROM project_hour')).toBe(rows);
    expect((await demoSummary()).events).toBe(rows);
  });

  test('has an issue for each way of failing', async () => {
    expect(await count('count(*) FROM issue')).toBe(22);
  });

  test('has fixes that held, one that recurred and disputed its entry, and one still watched', async () => {
    const verdicts = await getDb().fix.groupBy({ by: ['verdict'], _count: true });
    const of = (verdict: string) => verdicts.find((row) => row.verdict === verdict)?._count ?? 0;
    expect(of('held')).toBeGreaterThanOrEqual(4);
    expect(of('recurred')).toBeGreaterThanOrEqual(1);
    expect(of('watching')).toBeGreaterThanOrEqual(1);
    expect(await getDb().entry.count({ where: { disputed: true } })).toBeGreaterThanOrEqual(1);
    expect(await getDb().suggestion.count({ where: { status: 'pending' } })).toBeGreaterThanOrEqual(3);
  });

  test('does not come twice', async () => {
    const before = await demoSummary();
    expect(await loadDemo({ viewer, now })).toEqual(before);
  });

  test('goes without a trace', async () => {
    expect(await removeDemo({ viewer })).toMatchObject({ loaded: false });
    for (const table of [
      'event',
      'issue',
      'issue_text',
      'grouping',
      'issue_hour',
      'project_hour',
      'issue_user',
      'turning_point',
      'comment',
      'entry',
      'suggestion',
      'fix',
      'guide_section',
      'project',
      'app_user',
    ]) {
      expect(await count(`count(*) FROM ${table}`), table).toBe(0);
    }
  });
});
