import { expect, it } from 'vitest';
import { LIMITS } from './limits';
import { type Envelope, parseEnvelope } from './protocols/sentry-envelope';
import { planEnvelope } from './read-envelope';

const plan = (bytes: Buffer): ReturnType<typeof planEnvelope> => {
  const envelope = parseEnvelope(bytes);
  if ('error' in envelope) throw new Error(envelope.error);
  return planEnvelope(envelope satisfies Envelope, {
    context: { slug: 'shop', address: undefined, receivedAt: new Date('2026-11-20T10:00:00.000Z') },
    attachmentBytes: 0,
    limitOf: () => null,
  });
};

const LARGE = `{"message":"${'x'.repeat(LIMITS.jsonItem)}"}`;

it('counts an event that is too large to parse without holding up all others, and keeps what is beside it', () => {
  const read = plan(
    Buffer.from(
      `{}\n{"type":"event"}\n${LARGE}\n{"type":"user_report"}\n{"event_id":"${'a'.repeat(32)}","comments":"it broke"}\n`,
    ),
  );
  expect(read.event).toBeNull();
  expect(read.byErrata).toEqual([{ reason: 'too_large', category: 'error', count: 1 }]);
  expect(read.unreadable).toEqual(['the payload of the item event is larger than 20 MB']);
  expect([read.understood, read.feedback.length]).toEqual([1, 1]);
});

it('does not parse as much either to find the end of an item whose length is wrong', () => {
  const read = plan(Buffer.from(`{}\n{"type":"event","length":7}\n${LARGE}`));
  expect(read.event).toBeNull();
  expect(read.unreadable).toEqual(['the length of item 1 does not fit its payload']);
});
