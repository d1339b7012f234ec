import { describe, expect, it } from 'vitest';
import { type Envelope, parseEnvelope } from './sentry-envelope';

const parse = (text: string | Buffer): Envelope => {
  const envelope = parseEnvelope(Buffer.from(text));
  if ('error' in envelope) throw new Error(envelope.error);
  return envelope;
};
const payloads = (text: string | Buffer): string[] => parse(text).items.map(({ payload }) => payload.toString());

describe('an envelope', () => {
  it('is split by length and by line', () => {
    expect(
      payloads('{}\n{"type":"a","length":3}\nx\ny\n{"type":"b"}\nrest of line\n{"type":"c","length":0}\n'),
    ).toEqual(['x\ny', 'rest of line', '']);
  });

  it('counts bytes, not characters', () => {
    expect(payloads('{}\n{"type":"a","length":4}\né…?'.replace('…?', 'é'))).toEqual(['éé']);
  });

  it('may hold no items, and end anywhere between them', () => {
    for (const text of ['{}', '{}\n', '{"event_id":"x"}\n\n\n', '{}\r\n']) expect(payloads(text)).toEqual([]);
    expect(payloads('{}\n{"type":"a"}')).toEqual(['']);
    expect(payloads('{}\n\n{"type":"a"}\n1\n\n\n{"type":"b","length":1}\n2')).toEqual(['1', '2']);
  });

  it('keeps binary payloads whole', () => {
    const bytes = Buffer.from([0, 10, 13, 255, 254, 10]);
    const text = Buffer.concat([
      Buffer.from('{}\n{"type":"a","length":6}\n'),
      bytes,
      Buffer.from('\n{"type":"b"}\n{}'),
    ]);
    expect(parse(text).items[0]?.payload.equals(bytes)).toBe(true);
    expect(parse(text).items).toHaveLength(2);
  });

  it('is salvaged where a length is wrong and the payload is JSON', () => {
    for (const length of [1, 8, 999]) {
      expect(payloads(`{}\n{"type":"a","length":${length}}\n{"b":"c"}`)).toEqual(['{"b":"c"}']);
    }
    expect(payloads('{}\n{"type":"a","length":3}\n{"b":"c"}\n{"type":"b"}\n2')).toEqual(['{"b":"c"}', '2']);
  });

  it('ends at the first item that cannot be read', () => {
    for (const rest of [
      'no json',
      '{"type":"b","length":99}\nbinary',
      '{"type":"b","length":2}\nbinary',
      `"${'x'.repeat(9000)}"`,
    ]) {
      const envelope = parse(`{}\n{"type":"a"}\n1\n${rest}`);
      expect([envelope.items.length, envelope.malformed.length]).toEqual([1, 1]);
    }
  });

  it('takes no more than 100 items', () => {
    const envelope = parse(`{}${'\n{"type":"a"}\n1'.repeat(101)}`);
    expect([envelope.items.length, envelope.malformed.length]).toEqual([100, 1]);
  });

  it('needs a JSON object in its first line', () => {
    for (const text of ['', '\n\n', 'x', '[]', '"x"', '1\n{}'])
      expect(parseEnvelope(Buffer.from(text))).toHaveProperty('error');
  });
});
