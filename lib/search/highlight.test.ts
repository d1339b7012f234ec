import { describe, expect, it } from 'vitest';
import { distance, highlight, snippet } from './highlight';

const marked = (text: string, words: string[]) =>
  highlight(text, words).ranges.map(([from, to]) => text.slice(from, to));

describe('highlight', () => {
  it.each<[string, string, string[], string[]]>([
    ['the word itself', 'Connection lost', ['connection'], ['Connection']],
    ['another form of it', 'packages installed', ['install'], ['installed']],
    ['its beginning', 'Postgres is down', ['pos'], ['Postgres']],
    ['one slip of the fingers', 'Postgres is down', ['psotgres'], ['Postgres']],
    ['not a different short word', 'the cat sat', ['car'], []],
    ['a part of an identifier', "model 'zh_core_web_sm'", ['core_web'], ['zh_core_web_sm']],
    ['nothing without words', 'anything', [], []],
  ])('marks %s', (_, text, words, expected) => {
    expect(marked(text, words)).toEqual(expected);
  });
});

describe('snippet', () => {
  it('shows the text around the first hit on one line', () => {
    const { text, ranges } = snippet(`${'before '.repeat(100)}\n\nthe needle is here ${'after '.repeat(100)}`, [
      'needle',
    ]);
    expect(text.startsWith('… ')).toBe(true);
    expect(text.endsWith(' …')).toBe(true);
    expect(text.length).toBeLessThan(200);
    expect(text.slice(...(ranges[0] as [number, number]))).toBe('needle');
  });
});

it('a snippet prefers the place where the words stand together', () => {
  const { text } = snippet(`tile here ${'and there '.repeat(60)} then run tiles purge at night`, ['tiles', 'purge']);
  expect(text).toContain('tiles purge at night');
});

it('counts a swap of neighbours as one step', () => {
  expect(distance('psotgres', 'postgres')).toBe(1);
  expect(distance('kitten', 'sitting')).toBe(3);
  expect(distance('', 'abc')).toBe(3);
});
