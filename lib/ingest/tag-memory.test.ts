import { expect, test } from 'vitest';
import { MOST_TAG_VALUES } from '../issues/tag-limits';
import type { InsertedEvent } from './batch-effects';
import { TagMemory } from './tag-memory';

const inserted = (tags: [string, string][], version = 1, number = 7) =>
  ({ pending: { event: { tags } }, issue: { projectId: 1, number, version } }) as unknown as InsertedEvent;

test('a tag is new once', () => {
  const memory = new TagMemory(100);
  const first = memory.unseen([inserted([['browser', 'Safari']]), inserted([['browser', 'Safari']])]);
  expect(first.rows).toEqual([{ project_id: 1, issue_number: 7, key: 'browser', value: 'Safari' }]);
  first.stored();
  expect(memory.unseen([inserted([['browser', 'Safari']])]).rows).toEqual([]);
});

test('what was not stored is new again', () => {
  const memory = new TagMemory(100);
  memory.unseen([inserted([['browser', 'Safari']])]);
  expect(memory.unseen([inserted([['browser', 'Safari']])]).rows).toHaveLength(1);
});

test('an issue that people changed is asked about anew, for it may have lost its tags', () => {
  const memory = new TagMemory(100);
  memory.unseen([inserted([['browser', 'Safari']])]).stored();
  expect(memory.unseen([inserted([['browser', 'Safari']], 2)]).rows).toHaveLength(1);
});

test('of a tag that differs with every event only so many values are kept', () => {
  const memory = new TagMemory(100_000);
  const events = Array.from({ length: 150 }, (_, i) => inserted([['request', String(i)]]));
  const batch = memory.unseen(events);
  expect(batch.rows).toHaveLength(MOST_TAG_VALUES);
  batch.stored();
  expect(memory.unseen([inserted([['request', 'another']])]).rows).toEqual([]);
});

test('it forgets the oldest, not the latest', () => {
  const memory = new TagMemory(10);
  for (let i = 0; i < 50; i++) memory.unseen([inserted([['host', `node-${i}`]], 1, i)]).stored();
  expect(memory.unseen([inserted([['host', 'node-49']], 1, 49)]).rows).toEqual([]);
  expect(memory.unseen([inserted([['host', 'node-0']], 1, 0)]).rows).toHaveLength(1);
});
