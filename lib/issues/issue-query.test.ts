import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../time';
import { parseIssueQuery } from './issue-query';

const terms = (query: string) => {
  const { terms, errors } = parseIssueQuery(query);
  expect(errors).toEqual([]);
  return terms;
};
const messages = (query: string) => parseIssueQuery(query).errors.map((e) => e.message);

test('reads the whole syntax', () => {
  expect(
    terms(
      'is:unresolved service:api level:>=error release:1.4.* age:<7d has:fix assigned:me -env:staging "pool exhausted" boom',
    ),
  ).toEqual([
    { negated: false, key: 'is', value: 'unresolved' },
    { negated: false, key: 'service', value: 'api' },
    { negated: false, key: 'level', levels: ['error', 'fatal'] },
    { negated: false, key: 'release', value: '1.4.*' },
    { negated: false, key: 'firstSeen', comparison: '<', agoMs: 7 * DAY_MS },
    { negated: false, key: 'has', value: 'fix' },
    { negated: false, key: 'assigned', value: 'me' },
    { negated: true, key: 'environment', value: 'staging' },
    { negated: false, key: 'text', value: 'pool exhausted' },
    { negated: false, key: 'text', value: 'boom' },
  ]);
});

test.each(['TypeError:', 'http://localhost:8080/x', 'std::string', 'main.rs:42', '-', 'App\\Models:find'])(
  'takes %s for text',
  (text) => {
    expect(terms(text)).toEqual([{ negated: false, key: 'text', value: text }]);
  },
);

test('quotes keep blanks in a value and switch off the meaning of a word', () => {
  expect(terms('service:"event store" "is:new"')).toEqual([
    { negated: false, key: 'service', value: 'event store' },
    { negated: false, key: 'text', value: 'is:new' },
  ]);
});

test('status is another word for is', () => {
  expect(terms('status:regressed')).toEqual(terms('is:regressed'));
});

test('dates compare by the calendar', () => {
  expect(terms('firstSeen:>2026-05-01')).toEqual([
    { negated: false, key: 'firstSeen', comparison: '>', at: '2026-05-01T00:00:00.000Z' },
  ]);
});

test('an empty query has no terms', () => {
  expect(terms('   ')).toEqual([]);
});

test.each([
  ['is:broken', /"is:" takes unresolved, open/],
  ['level:loud', /"level:" takes debug/],
  ['servce:api', /no condition "servce"; did you mean "service"\?/],
  ['age:soon', /"age:" takes an age such as <7d/],
  ['age:>2026-05-01', /"age:" takes an age/],
  ['lastSeen:tuesday', /or a date such as/],
  ['events:many', /"events:" takes a number/],
  ['service:', /expected a value after "service:"/],
  ['"never closed', /not closed/],
  ['x'.repeat(2001), /at most 2000 characters/],
])('says what is wrong with %s', (query, expected) => {
  expect(messages(query)).toEqual([expect.stringMatching(expected)]);
});

test('an error points at its place and leaves the other terms', () => {
  const { terms, errors } = parseIssueQuery('service:api is:broken');
  expect(terms).toHaveLength(1);
  expect(errors[0]).toMatchObject({ start: 12, end: 21 });
});

describe('tags', () => {
  test('a tag, its absence, and any value of it', () => {
    expect(parseIssueQuery('tag.browser:Safari -tag.http.status-2:"5 00" has:tag.region').terms).toEqual([
      { negated: false, key: 'tag', name: 'browser', value: 'Safari' },
      { negated: true, key: 'tag', name: 'http.status-2', value: '5 00' },
      { negated: false, key: 'hasTag', name: 'region' },
    ]);
  });

  test('without a value it says what is missing', () => {
    expect(parseIssueQuery('tag.browser:').errors[0]?.message).toContain('expected a value after "tag.browser:"');
  });
});
