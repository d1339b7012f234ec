import { expect, test } from 'vitest';
import { groupEvent } from '../grouping';
import type { NormalizedEvent } from '../ingest/event-schema';
import { explainGrouping } from './explain-grouping';

const event = (more: Partial<NormalizedEvent>): NormalizedEvent => ({
  id: '1'.repeat(32),
  timestamp: '2026-11-20T10:00:00.000Z',
  received_at: '2026-11-20T10:00:00.000Z',
  protocol: 'errors',
  platform: 'python',
  level: 'error',
  service: 'shop',
  environment: 'production',
  exceptions: [],
  tags: [],
  trimmed: [],
  ...more,
});

test('an event tells what was hashed of it, and what was normalised away', () => {
  const message = event({ message: 'worker 17 lost its lease on shard 4' });
  const hash = groupEvent(message).hashes[0]!;
  const explained = explainGrouping(message, {
    hash,
    version: 'v1',
    parts: [{ kind: 'template', value: 'another first event' }],
  });
  expect(explained).toMatchObject({ own: true, hashes: [hash], template: { values: ['17', '4'] } });
  expect(explained.normalised).toContainEqual({
    kind: 'template',
    before: 'worker 17 lost its lease on shard 4',
    after: 'worker <*> lost its lease on shard <*>',
  });
});

test('where a rule or a split gave the hash, the kept parts speak', () => {
  const parts = [{ kind: 'fingerprint' as const, value: 'API-3', raw: 'split from API-1' }];
  const explained = explainGrouping(event({ message: 'gone' }), { hash: 'f'.repeat(32), version: 'v1', parts });
  expect(explained).toMatchObject({ own: false, parts, normalised: [], template: null });
});
