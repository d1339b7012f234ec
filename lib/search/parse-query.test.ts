import { describe, expect, it } from 'vitest';
import { isWanted, parseSearch } from './parse-query';

describe('a search', () => {
  it.each([
    ['pool kind:issue', { kind: 'issue' }, ['pool']],
    ['pool is:resolved service:api', { status: 'resolved', service: 'api' }, ['pool']],
    ['category:"Code pattern" leak', { category: 'Code pattern' }, ['leak']],
    ['status:in-review pool', { status: 'in_review' }, ['pool']],
    ['kind:guide deploy', { kind: 'section' }, ['deploy']],
  ])('%s is narrowed', (text, filters, words) => {
    expect(parseSearch(text)).toMatchObject({ filters, words, isError: false });
  });

  it('keeps phrases, and leaves out what is not wanted', () => {
    const query = parseSearch('"connection pool" -redis');
    expect(query).toMatchObject({ phrases: ['connection pool'], without: ['redis'], words: ['connection', 'pool'] });
    expect(isWanted(query, 'Connection\n pool of postgres')).toBe(true);
    expect(isWanted(query, 'connection pool of Redis')).toBe(false);
    expect(isWanted(query, 'pool of connections')).toBe(false);
  });

  it.each([
    'Cannot read property "x" of undefined',
    'command failed: tool -verbose -output of the step',
    'status:500 from the server',
    'TypeError: "pool" is not a function',
    'Traceback:\n  kind:issue "x" -y',
  ])('an error keeps all of its text: %s', (text) => {
    expect(parseSearch(text)).toMatchObject({ text, filters: {}, phrases: [], without: [] });
  });

  it('of operators alone looks for nothing', () => {
    expect(parseSearch('kind:issue').words).toEqual([]);
  });
});
