import { beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { eventOf, thrown } from '../grouping/grouping-fixtures';
import { issueFeatures } from '../grouping/similarity';
import type { EventException } from '../ingest/event-schema';
import { makeIssue, makeMember, makeProject } from './issue-fixture';
import { mergeIssues } from './merge-issues.server';
import { listSimilarIssues } from './similar-issues.server';

const database = useTestDatabase();
const now = new Date('2026-05-20T12:30:00Z');

let ada: Viewer;
let projectId: number;

async function issueOf(number: number, exception: EventException, project = projectId) {
  await makeIssue({ projectId: project, number, title: exception.value, times: [now] });
  const features = issueFeatures(eventOf({ exceptions: [exception] }));
  await getDb().issueFeature.create({ data: { projectId: project, issueNumber: number, features } });
}

beforeEach(async () => {
  await database.truncate();
  ada = await makeMember('Ada', 'engineer');
  projectId = await makeProject('api');
  await issueOf(
    1,
    thrown('TimeoutError', 'pool is exhausted', 'shop.db.Pool.acquire', 'shop.Cart.load', 'shop.Api.get'),
  );
  await issueOf(2, thrown('ParseError', 'bad price', 'shop.price.Parser.parse', 'shop.Import.run'));
  await issueOf(3, thrown('TimeoutError', 'pool is closed', 'shop.db.Pool.release', 'shop.Cart.load', 'shop.Api.get'));
  await issueOf(4, thrown('ValueError', 'no cart', 'shop.Cart.load', 'shop.Api.get'));
});

const similar = async (issueId: string, limit = 10) =>
  (await listSimilarIssues({ viewer: ada, issueId, limit })).map(({ id }) => id);

test('issues that share frames, type and words come first; unlike ones do not come at all', async () => {
  expect(await similar('API-1')).toEqual(['API-3', 'API-4']);
});

test('the score lies between 0 and 1 and says what it is made of', async () => {
  const [first] = await listSimilarIssues({ viewer: ada, issueId: 'API-1', limit: 1 });
  expect(first!.score).toBeGreaterThan(0.2);
  expect(first!.score).toBeLessThan(1);
  expect(Object.values(first!.parts).reduce((a, b) => a + b, 0)).toBeCloseTo(first!.score);
  expect(first).toMatchObject({ id: 'API-3', title: 'pool is closed' });
});

test('no more than asked for', async () => {
  expect(await similar('API-1', 1)).toHaveLength(1);
});

test('other projects are never looked at', async () => {
  const other = await makeProject('web');
  await issueOf(1, thrown('TimeoutError', 'pool is exhausted', 'shop.db.Pool.acquire', 'shop.Cart.load'), other);
  expect(await similar('WEB-1')).toEqual([]);
});

test('an issue without features has no similar ones', async () => {
  await makeIssue({ projectId, number: 9, times: [now] });
  expect(await similar('API-9')).toEqual([]);
});

describe('after a merge', () => {
  beforeEach(async () => {
    await mergeIssues({ viewer: ada, issueId: 'API-2', ids: ['API-3'], now });
  });

  test('the merged issue is found under its new id', async () => {
    expect(await similar('API-1')).toEqual(['API-2', 'API-4']);
  });

  test('and what it was like finds others', async () => {
    expect(await similar('API-3')).toEqual(['API-1', 'API-4']);
  });
});
