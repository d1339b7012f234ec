import { describe, expect, test } from 'vitest';
import { headOf, parameterize } from './parameterize';

const template = (text: string) => parameterize(text).template;

describe('tokens', () => {
  test.each([
    ['mail to jo.doe+x@mail.example.com bounced', 'mail to <email> bounced'],
    ['GET https://api.example.com/v1?q=1 failed', 'GET <url> failed'],
    ['lookup of db-1.eu.example.com failed', 'lookup of <hostname> failed'],
    ['connect 10.0.0.12:5432', 'connect <ip>:<int>'],
    ['connect fe80::1%eth0 refused', 'connect <ip> refused'],
    ['call Foo::bar() failed', 'call Foo::bar() failed'],
    ['trace 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'trace <traceparent>'],
    ['order 7c1f0e4e-1c2d-4e5f-8a9b-444455556666 missing', 'order <uuid> missing'],
    ['blob da39a3ee5e6b4b0d3255bfef95601890afd80709', 'blob <sha1>'],
    ['etag d41d8cd98f00b204e9800998ecf8427e', 'etag <md5>'],
    ['since 2024-02-20T11:12:13.5Z', 'since <date>'],
    ['since 2024-02-20 11:12:13 until 20240220T111213+0100', 'since <date> until <date>'],
    ['on Mon, 18 Jan 2019 10:00:00 GMT it broke', 'on <date> it broke'],
    ['on Fri Jan 18 2019 10:00:00 GMT+0100 (CET)', 'on <date>'],
    ['at 11:21 PM and 23:21:12', 'at <date> and <date>'],
    ['due datetime.datetime(2020, 1, 2, 3, 4)', 'due <date>'],
    ['took 12ms, then 3.5s', 'took <duration>, then <duration>'],
    ['at 0xDEADbeef and 1234567890', 'at <hex> and <hex>'],
    ['commit 3fa4c1d', 'commit <git_sha>'],
    ['ratio -0.75 of 12', 'ratio <float> of <int>'],
    ['encoding utf-8', 'encoding utf-<int>'],
    ['4,150,908 rows', '<int>,<int>,<int> rows'],
    [`name='x y' ok=true "k": true`, 'name=<quoted_str> ok=<bool> "k": true'],
    [`b = '1'`, `b = '<int>'`],
    ['app.js:12 of React18', 'app.js:<int> of React18'],
    ['order.id is java.lang.String', 'order.id is java.lang.String'],
  ])('%s', (text, expected) => {
    expect(template(text)).toBe(expected);
  });

  test('the values are kept in order', () => {
    expect(parameterize('port 80 on 10.1.2.3').values).toEqual(['80', '10.1.2.3']);
  });
});

describe('what is read of a text', () => {
  test('two lines that are not blank, and a mark for the rest', () => {
    expect(headOf('\n  one \n\n two\nthree')).toBe('one\ntwo...');
    expect(headOf('one\ntwo\n\n')).toBe('one\ntwo');
    expect(headOf('')).toBe('');
  });

  test('a long text is cut', () => {
    expect(headOf('x'.repeat(20_000))).toHaveLength(8195);
  });
});
