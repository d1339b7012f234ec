import { expect, test } from 'vitest';
import { hasCondition, toggleCondition } from './edit-query';
import { parseIssueQuery } from './issue-query';

test('adds and takes away a condition and leaves the rest', () => {
  const added = toggleCondition('age:<7d "pool exhausted"', 'service', 'api');
  expect(added).toBe('age:<7d "pool exhausted" service:api');
  expect(hasCondition(added, 'service', 'api')).toBe(true);
  expect(toggleCondition(added, 'service', 'api')).toBe('age:<7d "pool exhausted"');
});

test('values with blanks come back as they were', () => {
  const query = toggleCondition('', 'service', 'event store');
  expect(parseIssueQuery(query)).toMatchObject({ terms: [{ key: 'service', value: 'event store' }], errors: [] });
  expect(toggleCondition(query, 'service', 'event store')).toBe('');
});
