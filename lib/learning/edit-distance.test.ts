import { expect, it } from 'vitest';
import { entryContentSchema } from '../knowledge/entry-schema';
import { editDistance } from './edit-distance';

const content = (fields: object) => entryContentSchema.parse({ title: 'Pool', ...fields });

it.each<[string, object, object, number]>([
  ['the same words', { root_cause: 'A leak in the pool' }, { root_cause: 'A leak in the pool' }, 0],
  ['words in another order', { root_cause: 'A leak in the pool' }, { root_cause: 'in the pool a leak' }, 0],
  ['all but the title', { root_cause: 'leak' }, { root_cause: 'clock' }, 0.5],
  ['twice as many words', { root_cause: 'one' }, { root_cause: 'one two three' }, 0.333],
])('of %s', (_, before, after, expected) => {
  expect(editDistance(content(before), content(after))).toBe(expected);
});
