import { describe, expect, it } from 'vitest';
import { clipFrames, cutText, instantText, normalizeTags, parseInstant } from './limits';
import { encodeEvent, normalizeEvent } from './normalize-event';

const RECEIVED = new Date('2026-11-20T10:00:00.000Z');
const normalize = (fields: object) =>
  normalizeEvent(
    { protocol: 'errors', exceptions: [], trimmed: [], ...fields },
    { receivedAt: RECEIVED, fallbackId: 'f'.repeat(32) },
  );

describe('normalizeEvent', () => {
  it('fills in what was not said', () => {
    expect(normalize({}).event).toMatchObject({
      id: 'f'.repeat(32),
      timestamp: RECEIVED.toISOString(),
      level: 'error',
      environment: 'production',
      platform: 'other',
      tags: [],
    });
    expect(normalize({})).toMatchObject({ idGiven: false, timeGiven: false });
  });

  it('takes ids with and without dashes', () => {
    const result = normalize({ id: '0A0B0C0D-0000-0000-0000-000000000001' });
    expect([result.event.id, result.idGiven]).toEqual(['0a0b0c0d000000000000000000000001', true]);
  });

  it('believes a clock that is up to a minute ahead', () => {
    expect(normalize({ timestamp: '2026-11-20T10:00:59Z' })).toMatchObject({
      timeGiven: true,
      event: { timestamp: '2026-11-20T10:00:59.000Z' },
    });
    const late = normalize({ timestamp: '2026-11-20T10:01:01Z' });
    expect([late.timeGiven, late.event.timestamp]).toEqual([false, RECEIVED.toISOString()]);
    expect(late.event.trimmed).toEqual([
      'timestamp: 2026-11-20T10:01:01.000Z lies in the future; the time of receipt was taken',
    ]);
  });

  it('drops the least telling parts of an event that is too large as a whole', () => {
    const big = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${at}`, 'x'.repeat(16_000)]));
    const { event } = normalize({ extra: big, other: { small: 1 } });
    const { text } = encodeEvent(event);
    expect(text.length).toBeLessThan(1024 * 1024);
    expect(JSON.parse(text).trimmed).toContainEqual(expect.stringMatching(/^extra: dropped/));
  });
});

describe('limits', () => {
  it.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20 10:00:00', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00.123456789+02:00', '2026-11-20T08:00:00.123Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    [1_795_168_800, '2026-11-20T10:00:00.000Z'],
    [1_795_168_800.5, '2026-11-20T10:00:00.500Z'],
    [1_795_168_800_000, '2026-11-20T10:00:00.000Z'],
    ['1795168800', '2026-11-20T10:00:00.000Z'],
  ])('reads the instant %s', (input, expected) => expect(parseInstant(input)?.toISOString()).toBe(expected));

  it.each(['soon', '', '2026-13-40', '0001-01-01T00:00:00Z', -1, Number.NaN, {}, true])(
    'finds no instant in %s',
    (input) => expect(parseInstant(input)).toBeNull(),
  );

  it('keeps the first and last 125 frames', () => {
    const trimmed: string[] = [];
    const frames = clipFrames(
      Array.from({ length: 10_000 }, (_, at) => at),
      'frames',
      trimmed,
    );
    expect([frames.length, frames[0], frames[124], frames[125], frames[249]]).toEqual([250, 0, 124, 9875, 9999]);
    expect(trimmed).toEqual(['frames: kept the first and last 125 of 10000 frames']);
  });

  it('never cuts a character in half', () => expect(cutText('ab💥', 3)).toBe('ab'));

  it('reads tags of every shape and drops what does not fit', () => {
    const trimmed: string[] = [];
    expect(normalizeTags({ a: 1, b: true, c: null, d: {}, release: 'x', '': 'y', e: ' z ' }, trimmed)).toEqual([
      ['a', '1'],
      ['b', 'true'],
      ['e', 'z'],
    ]);
    expect(normalizeTags([['a', 'x'], ['a', 'y'], { key: 'k', value: 'v' }, 'flag', 7], trimmed)).toEqual([
      ['a', 'x'],
      ['k', 'v'],
      ['flag', 'true'],
    ]);
    expect(trimmed).toEqual([]);
    expect(normalizeTags({ long: 'x'.repeat(201) }, trimmed)).toEqual([]);
    expect(trimmed).toHaveLength(1);
  });
});

it('writes instants as JavaScript does, whichever came before', () => {
  const base = Date.UTC(2026, 10, 20, 23, 59, 59, 998);
  const steps = [0, 1, 2, 3, 999, 60_000, 59_999, -60_000, 86_400_000, -1, -base, -base - 1, -base + 7, 7.9e12];
  for (const step of steps) {
    const instant = new Date(base + step);
    expect(instantText(instant)).toBe(instant.toISOString());
  }
  expect(() => instantText(new Date(Number.NaN))).toThrow(RangeError);
  expect(instantText(new Date(base))).toBe('2026-11-20T23:59:59.998Z');
});
