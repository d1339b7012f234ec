import { beforeEach, describe, expect, test } from 'vitest';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { groupEvent } from '.';
import { eventOf, thrown } from './grouping-fixtures';
import type { GroupingResult } from './grouping-schema';
import { applyTemplates, forgetTemplates } from './template-store.server';

const database = useTestDatabase();

let projectId: number;

beforeEach(async () => {
  await database.truncate();
  await getPool()
    .query('DELETE FROM graphile_worker._private_jobs')
    .catch(() => {});
  forgetTemplates();
  ({ id: projectId } = await getDb().project.create({ data: { slug: 'api', name: 'API', prefix: 'API' } }));
});

const NAMES = ['anna', 'bert', 'carl', 'dora', 'emil'];
const login = (name: string, service = 'shop') =>
  groupEvent(eventOf({ service, message: `Failed login of ${name} from 10.0.0.1` }));

const apply = (groupings: GroupingResult[], project = projectId) =>
  applyTemplates(
    getPool(),
    groupings.map((grouping) => ({ projectId: project, grouping })),
  );
const one = async (grouping: GroupingResult) => (await apply([grouping]))[0]!;
const signatures = () => getDb().messageSignature.findMany({ orderBy: { id: 'asc' } });
const jobs = async (): Promise<{ projectId: number; merges: { from: string; into: string }[] }[]> => {
  const { rows } = await getPool().query(
    `SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier = 'templates.merge' ORDER BY j.id`,
  );
  return rows.map((row) => row.payload);
};

describe('a batch', () => {
  test('brings new signatures in the order of its messages, each once', async () => {
    await apply([login('anna'), login('bert'), login('anna')]);
    expect((await signatures()).map((row) => row.signature)).toEqual([
      'Failed login of anna from <*>',
      'Failed login of bert from <*>',
    ]);
  });

  test('leaves errors with a stack and short messages as they are', async () => {
    const stack = groupEvent(eventOf({ exceptions: [thrown('E', '', 'shop.Cart.add')] }));
    const short = groupEvent(eventOf({ message: 'link down' }));
    expect(await apply([stack, short])).toEqual([stack, short]);
    expect(await signatures()).toEqual([]);
  });

  test('that shows a place to vary files all its messages under one hash', async () => {
    const groupings = await apply(NAMES.map((name) => login(name)));
    const shared = login('anna').hashes[0];
    expect(groupings.every(({ hashes }) => hashes.includes(shared!))).toBe(true);
    expect(groupings[3]!.hashes[0]).toBe(login('dora').hashes[0]);
    expect(groupings[3]).toMatchObject({
      template: 'Failed login of <*> from <*>',
      parts: expect.arrayContaining([
        expect.objectContaining({ kind: 'template', value: 'Failed login of <*> from <*>' }),
      ]),
    });
  });
});

describe('later batches', () => {
  test('ask nothing of the database while every message is known', async () => {
    await apply([login('anna')]);
    const refused = { connect: () => Promise.reject(new Error('asked')) };
    const [again] = await applyTemplates(refused as never, [{ projectId, grouping: login('anna') }]);
    expect(again!.hashes).toEqual(login('anna').hashes);
  });

  test('that show a place to vary have the older issues merged', async () => {
    for (const name of NAMES) await one(login(name));
    const into = login('anna').hashes[0];
    expect(await jobs()).toEqual([
      { projectId, merges: ['bert', 'carl'].map((name) => ({ from: login(name).hashes[0], into })) },
    ]);
  });

  test('keep services apart', async () => {
    await apply(NAMES.map((name) => login(name)));
    const other = await one(login('fred', 'billing'));
    expect(other.hashes).toEqual(login('fred', 'billing').hashes);
  });

  test('keep projects apart', async () => {
    await apply(NAMES.map((name) => login(name)));
    const { id } = await getDb().project.create({ data: { slug: 'web', name: 'Web', prefix: 'WEB' } });
    const [other] = await apply([login('fred')], id);
    expect(other!.hashes).toEqual(login('fred').hashes);
  });
});

test('a project that is gone does not fail the rest of the batch', async () => {
  const groupings = await applyTemplates(getPool(), [
    { projectId: projectId + 1, grouping: login('anna') },
    { projectId, grouping: login('bert') },
  ]);
  expect(groupings.map(({ hashes }) => hashes)).toEqual([login('anna').hashes, login('bert').hashes]);
  expect(await signatures()).toHaveLength(1);
});

describe('several processes', () => {
  test('reach the same templates, and so does one that starts again', async () => {
    for (const name of NAMES) {
      forgetTemplates();
      await one(login(name));
    }
    forgetTemplates();
    const fresh = await one(login('fred'));
    expect(fresh.hashes).toEqual([login('fred').hashes[0], login('anna').hashes[0]]);
  });

  test('that bring the same signature at once store it once', async () => {
    await Promise.all(NAMES.map((name) => apply([login('gina'), login(name)])));
    const stored = (await signatures()).map((row) => row.signature);
    expect(new Set(stored).size).toBe(stored.length);
    expect(stored).toHaveLength(NAMES.length + 1);
  });

  test('forget what a failed write would have added', async () => {
    const pool = getPool();
    const broken = {
      connect: async () => {
        const client = await pool.connect();
        const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
        const failing = (...args: unknown[]) =>
          args[0] === 'COMMIT' ? Promise.reject(new Error('gone')) : query(...args);
        return { query: failing, release: () => client.release() };
      },
    };
    await expect(applyTemplates(broken as never, [{ projectId, grouping: login('anna') }])).rejects.toThrow('gone');
    expect(await signatures()).toEqual([]);
    await one(login('anna'));
    expect(await signatures()).toHaveLength(1);
  });
});
