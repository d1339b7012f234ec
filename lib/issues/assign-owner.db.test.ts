import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { handlers } from '../jobs/registry.server';
import type { OwnershipRule } from '../projects/project-settings';
import { assignOwner } from './assign-owner.server';
import { changeIssue } from './change-issue.server';
import { getIssue } from './get-issue.server';
import { makeIssue, makeMember, makeProject } from './issue-fixture';
import { listActivity } from './list-activity.server';

const database = useTestDatabase();
const now = new Date('2026-05-20T12:30:00Z');

let ada: Viewer;
let projectId: number;

beforeEach(async () => {
  await database.truncate();
  ada = await makeMember('Ada', 'engineer');
  await makeMember('Bob', 'engineer');
  projectId = await makeProject('api');
  await makeIssue({ projectId, number: 1, service: 'checkout', times: [now], tags: [['team', 'payments']] });
});

const rules = (...ownership: OwnershipRule[]) =>
  getDb().project.update({ where: { id: projectId }, data: { settings: { ownership } } });
const assign = () => assignOwner({ projectId, issueNumber: 1 }, now);
const assignee = async () => (await getIssue({ viewer: ada, issueId: 'API-1', now })).assignee?.name ?? null;
const history = async () => (await listActivity({ viewer: ada, issueId: 'API-1', page: { limit: 10 } })).data;

const ADA = 'ada@example.test';
const BOB = 'bob@example.test';

test('without rules nobody gets it', async () => {
  await assign();
  expect(await assignee()).toBeNull();
});

test('the first rule that fits assigns it, and the history names the rule', async () => {
  await rules(
    { matcher: { service: 'web' }, assignee: ADA },
    { matcher: { service: 'checkout', tag: 'team:*' }, assignee: BOB },
    { matcher: { service: 'checkout' }, assignee: ADA },
  );
  await assign();
  expect(await assignee()).toBe('Bob');
  expect(await history()).toMatchObject([
    { kind: 'assigned', actor: null, data: { assignee_name: 'Bob', rule: 'service checkout and tag team:*' } },
  ]);
});

test('running twice assigns once', async () => {
  await rules({ matcher: { service: 'checkout' }, assignee: BOB });
  await Promise.all([assign(), assign()]);
  await assign();
  expect(await history()).toHaveLength(1);
});

test('whom a person chose stays, nobody included', async () => {
  await rules({ matcher: { service: 'checkout' }, assignee: BOB });
  await changeIssue({ viewer: ada, issueId: 'API-1', change: { assignee: 'me' }, now });
  await assign();
  expect(await assignee()).toBe('Ada');
  await changeIssue({ viewer: ada, issueId: 'API-1', change: { assignee: null }, now });
  await assign();
  expect(await assignee()).toBeNull();
});

test('a rule whose member has left is passed over', async () => {
  await rules({ matcher: { service: '*' }, assignee: BOB }, { matcher: { service: '*' }, assignee: ADA });
  await getDb().user.update({ where: { email: BOB }, data: { disabledAt: now } });
  await assign();
  expect(await assignee()).toBe('Ada');
});

test('an issue that was merged away meanwhile is nobody’s', async () => {
  await rules({ matcher: { service: '*' }, assignee: BOB });
  await getDb().issue.updateMany({ where: { number: 1 }, data: { mergedInto: 2 } });
  await assign();
  expect(await getDb().turningPoint.count()).toBe(0);
});

test('the job of a new issue assigns it', async () => {
  await rules({ matcher: { service: 'checkout' }, assignee: BOB });
  await handlers['issue.match']({ projectId, issueNumber: 1 });
  expect(await assignee()).toBe('Bob');
});
