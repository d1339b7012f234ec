import { beforeEach, expect, test } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { useTestDatabase } from '../db/test-database';
import { parseEventFilter } from './event-filter';
import { getEvent } from './get-event.server';
import { addEvent, makeIssue, makeProject } from './issue-fixture';
import { listIssueEvents } from './list-issue-events.server';

const database = useTestDatabase();
const viewer = systemViewer();
const at = (minute: number) => new Date(Date.UTC(2026, 4, 20, 12, minute));

/** Oldest first: the browser of each, in two releases. */
const BROWSERS = ['Firefox', 'Mobile Safari', 'Firefox', 'Mobile Safari', 'Firefox'];
let ids: string[];

beforeEach(async () => {
  await database.truncate();
  const projectId = await makeProject('web');
  const { hash, events } = await makeIssue({ projectId, number: 1, times: [at(0)], title: 'First of all' });
  ids = [...events];
  for (const [index, browser] of BROWSERS.entries())
    ids.push(
      await addEvent(
        {
          ...{ projectId, number: 1, release: index < 2 ? '1.0' : '2.0', tags: [['browser', browser]] },
          title: `Timed out after ${index} s`,
        },
        hash,
        at(index + 1),
      ),
    );
});

const list = async (text: string, limit = 10) => {
  const { data } = await listIssueEvents({
    ...{ viewer, issueId: 'WEB-1', page: { limit } },
    filter: parseEventFilter(text),
  });
  return data.map(({ id }) => ids.indexOf(id));
};

test.each([
  ['', [5, 4, 3, 2, 1, 0]],
  ['release:2.0', [5, 4, 3]],
  ['release:""', [0]],
  ['browser:"Mobile Safari"', [4, 2]],
  ['browser:"Mobile Safari" release:2.0', [4]],
  ['environment:production "after 3"', [4]],
  ['environment:staging', []],
])('the filter %s finds the events that fit, newest first', async (text, expected) => {
  expect(await list(text)).toEqual(expected);
});

test('pages of a filtered list go on where they ended', async () => {
  const call = { viewer, issueId: 'WEB-1', filter: parseEventFilter('browser:Firefox') };
  const first = await listIssueEvents({ ...call, page: { limit: 2 } });
  const second = await listIssueEvents({ ...call, page: { limit: 2, cursor: first.next_cursor ?? undefined } });
  expect([...first.data, ...second.data].map(({ id }) => ids.indexOf(id))).toEqual([5, 3, 1]);
  expect(second.next_cursor).toBeNull();
});

test('the neighbours of an event are those that fit, and the ends beyond them', async () => {
  const around = async (index: number, text: string) => {
    const { older, newer, first, latest } = await getEvent({
      ...{ viewer, eventId: ids[index] as string },
      filter: parseEventFilter(text),
    });
    return [first, older, newer, latest].map((id) => (id === null ? null : ids.indexOf(id)));
  };
  expect(await around(3, '')).toEqual([0, 2, 4, 5]);
  expect(await around(3, 'browser:Firefox')).toEqual([1, 1, 5, 5]);
  expect(await around(5, 'browser:Firefox')).toEqual([1, 3, null, null]);
  expect(await around(0, 'release:2.0')).toEqual([3, null, 3, 5]);
});
