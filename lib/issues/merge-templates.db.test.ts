import { beforeEach, expect, test } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { useTestDatabase } from '../db/test-database';
import { getIssue } from './get-issue.server';
import { makeIssue, makeProject } from './issue-fixture';
import { mergeTemplates } from './merge-templates.server';

const database = useTestDatabase();
const now = new Date('2026-05-20T12:30:00Z');

let projectId: number;
let hashes: string[];

beforeEach(async () => {
  await database.truncate();
  projectId = await makeProject('api');
  hashes = [];
  for (const number of [1, 2, 3]) hashes.push((await makeIssue({ projectId, number, times: [now] })).hash);
});

const idOf = async (issueId: string) => (await getIssue({ viewer: systemViewer(), issueId, now })).id;
const run = () => mergeTemplates({ projectId, merges: [1, 2].map((at) => ({ from: hashes[at]!, into: hashes[0]! })) });

test('issues of one template answer as one, with all their events', async () => {
  await run();
  expect(await Promise.all(['API-1', 'API-2', 'API-3'].map(idOf))).toEqual(['API-1', 'API-1', 'API-1']);
  expect((await getIssue({ viewer: systemViewer(), issueId: 'API-1', now })).events).toBe(3);
});

test('a second run changes nothing', async () => {
  await run();
  await run();
  expect((await getIssue({ viewer: systemViewer(), issueId: 'API-1', now })).events).toBe(3);
});

test('a hash without an issue is passed over', async () => {
  await mergeTemplates({ projectId, merges: [{ from: 'f'.repeat(32), into: hashes[0]! }] });
  expect(await idOf('API-2')).toBe('API-2');
});
