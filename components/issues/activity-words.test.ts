import { expect, test } from 'vitest';
import { activitySubject, activityWords } from './activity-words';

const sentence = (kind: string, data: Record<string, unknown> = {}, name: string | null = 'Ada') => {
  const line = { kind, data, actor: name ? { id: null, name } : null };
  return `${activitySubject(line)} ${activityWords(line)}`;
};

test.each([
  ['Ada resolved it', sentence('resolved', { mode: 'now' })],
  ['Ada resolved it in 1.5.0', sentence('resolved', { mode: 'release', release: '1.5.0' })],
  ['Ada resolved it in the release after 1.5.0', sentence('resolved', { mode: 'next_release', release: '1.5.0' })],
  ['The issue came back in 1.6.0', sentence('regressed', { release: '1.6.0' }, null)],
  ['The fix did not hold', sentence('fix_recurred', {}, null)],
  ['Ada took back the mute', sentence('undone', { undid: 'muted' })],
  ['Ada merged API-7 into it', sentence('merged', { from: 'API-7' })],
  [
    'The issue is escalating: 1,200 events in an hour, where 24 are the limit',
    sentence('escalating', { count: 1200, limit: 24.3 }, null),
  ],
  ['The issue counts as resolved after 14 quiet days', sentence('resolved', { reason: 'auto', quiet_days: 14 }, null)],
  [
    'The issue went to Bob by the rule path src/billing/*',
    sentence('assigned', { assignee_name: 'Bob', rule: 'path src/billing/*' }, null),
  ],
  ['Ada something new', sentence('something_new')],
])('%s', (expected, actual) => {
  expect(actual).toBe(expected);
});
