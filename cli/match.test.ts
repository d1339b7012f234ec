import { expect, it } from 'vitest';
import { matchLines } from './match';

it('shows the entry, how sure, where it is and the strongest reasons', () => {
  const lines = matchLines(
    {
      entry: 'ERROR-007',
      title: 'Pool exhausted',
      score: 0.7,
      confidence: 0.934,
      evidence: [
        { kind: 'code', matched: ['E050'], field: 'symptoms', points: 1 },
        { kind: 'words', matched: ['pool', 'timeout'], field: null, points: 0.5 },
      ],
    },
    'http://errata.test',
  );
  expect(lines).toEqual([
    'ERROR-007  Pool exhausted  (93 % sure)',
    '  http://errata.test/knowledge/ERROR-007',
    '  error code: E050',
    '  words: pool, timeout',
  ]);
});
