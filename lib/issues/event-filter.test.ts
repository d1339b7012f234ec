import { describe, expect, it } from 'vitest';
import { eventFits, type FilteredEvent, formatEventFilter, parseEventFilter, toggleTerm } from './event-filter';

const event: FilteredEvent = {
  environment: 'production',
  release: '1.4.2',
  service: 'checkout',
  server_name: null,
  tags: [
    ['browser', 'Mobile Safari'],
    ['region', 'eu'],
  ],
  texts: ['TimeoutError: pool exhausted', 'pool exhausted after 30s'],
};

describe('a filter of events', () => {
  it.each([
    ['', true],
    ['environment:production', true],
    ['environment:staging', false],
    ['release:1.4.2 region:eu', true],
    ['release:1.4.2 region:us', false],
    ['browser:"Mobile Safari"', true],
    ['tag.browser:"Mobile Safari"', true],
    ['browser:Mobile', false],
    ['pool EXHAUSTED', true],
    ['"exhausted after"', true],
    ['"after exhausted"', false],
    ['region:eu pool', true],
    ['server_name:""', true],
    ['release:""', false],
    ['TimeoutError:', true],
    ['https://shop.example', false],
  ])('%s fits: %s', (text, fits) => expect(eventFits(parseEventFilter(text), event)).toBe(fits));

  it.each(['release:1.4.2 pool', 'browser:"Mobile Safari" "two words"', 'url:"https://a.example/b"', ''])(
    '%s is written as it was read',
    (text) => expect(formatEventFilter(parseEventFilter(text))).toBe(text),
  );

  it('has one value of each name, which the same term takes off again', () => {
    const first = toggleTerm(parseEventFilter('pool release:1'), { key: 'release', value: '2' });
    expect(formatEventFilter(first)).toBe('release:2 pool');
    expect(formatEventFilter(toggleTerm(first, { key: 'release', value: '2' }))).toBe('pool');
  });

  it('reads a long hostile text at once', () => {
    const start = process.cpuUsage().user;
    parseEventFilter(`${'a:"'.repeat(50_000)}${'x'.repeat(50_000)}`);
    expect(process.cpuUsage().user - start).toBeLessThan(100_000);
  });
});
