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
