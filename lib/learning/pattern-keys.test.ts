import { expect, it } from 'vitest';
import { patternKeys } from './pattern-keys';

it.each<[string, string[], string[]]>([
  [
    'a message of telling words, whatever the service',
    ['service:orders', 'type:PoolTimeout', 'word:connection', 'word:became', 'word:free'],
    ['template PoolTimeout: connection became free'],
  ],
  ['not a message of everyday words', ['type:Error', 'word:request', 'word:failed'], []],
  ['not one telling word under a plain type', ['type:Error', 'word:carrier', 'word:failed'], []],
  ['one telling word under a type of its own', ['type:LabelError', 'word:carrier'], ['template LabelError: carrier']],
  [
    'the top of the stack',
    ['type:Error', 'top:db/pool connect', 'frame:db/pool connect', 'frame:db/with run', 'frame:a b', 'frame:c d'],
    ['frames Error < db/pool connect < db/with run < a b'],
  ],
  ['not a single frame', ['type:Error', 'frame:db/pool connect'], []],
])('takes %s', (_, features, expected) => {
  expect(patternKeys(features).map(({ kind, value }) => `${kind} ${value}`)).toEqual(expected);
});
