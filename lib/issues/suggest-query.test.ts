import { describe, expect, it } from 'vitest';
import { completeQuery, takeCompletion } from './suggest-query';

/** `|` marks the caret. */
const at = (marked: string, values?: { value: string; count: number }[]) => {
  const caret = marked.indexOf('|');
  return completeQuery(marked.replace('|', ''), caret, values);
};
const labels = (marked: string) => at(marked).items.map((item) => item.label);

describe('completing a query', () => {
  it('offers every condition in an empty box', () => {
    expect(labels('|').slice(0, 3)).toEqual(['is:', 'has:', 'level:']);
  });

  it.each([
    ['ser|', ['service:']],
    ['is:open re|', ['release:']],
    ['-env|', ['-environment:']],
    ['"re|', []],
    ['is:re|', ['resolved', 'regressed']],
    ['has:fi|', ['fix']],
    ['level:>=w|', ['>=warning']],
    ['unknown:x|', []],
  ])('%s', (marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  it('asks for values that only the issues know, and shows them with their counts', () => {
    const completions = at('service:ap|', [{ value: 'api gateway', count: 12 }]);
    expect(completions.asks).toEqual({ key: 'service', prefix: 'ap' });
    expect(completions.items).toEqual([{ label: 'api gateway', hint: '12 issues', text: 'service:"api gateway" ' }]);
    expect(at('type:"Type Er|').asks).toEqual({ key: 'type', prefix: 'Type Er' });
  });

  it('replaces the word at the caret and leaves the others', () => {
    const completions = at('is:re| service:api');
    expect(takeCompletion('is:re service:api', completions, 'is:regressed ')).toEqual({
      query: 'is:regressed service:api',
      caret: 13,
    });
    const key = at('lev| service:api');
    expect(takeCompletion('lev service:api', key, 'level:').query).toBe('level: service:api');
  });
});

it('names of tags are asked for, then their values', () => {
  expect(completeQuery('ta', 2).items.map((item) => item.text)).toContain('tag.');
  expect(completeQuery('-tag.br', 7).asks).toEqual({ key: 'tag', prefix: 'br' });
  expect(completeQuery('-tag.br', 7, [{ value: 'browser', count: 3 }]).items[0]?.text).toBe('-tag.browser:');
  expect(completeQuery('tag.browser:Sa', 14).asks).toEqual({ key: 'tag.browser', prefix: 'Sa' });
  expect(completeQuery('tag.browser:Sa', 14, [{ value: 'Safari 17', count: 3 }]).items[0]?.text).toBe(
    'tag.browser:"Safari 17" ',
  );
  expect(completeQuery('has:tag.br', 10, [{ value: 'browser', count: 3 }]).items[0]?.text).toBe('has:tag.browser ');
});
