import { describe, expect, test } from 'vitest';
import { messageSignature, renderTemplate, VALUE } from './message-signature';

const signature = (text: string) => messageSignature(text).tokens.join(' ');

describe('messages that differ in values only look alike', () => {
  test.each([
    ['numbers', 'Retry 3 of 5 failed', 'Retry 4 of 5 failed'],
    ['names with digits', 'volume vol-7a full', 'volume vol-9 full'],
    ['paths', 'cannot open /srv/app/a.txt', 'cannot open /tmp/b/c/d.txt'],
    ['Windows paths', 'cannot open C:\\Temp\\a b', 'cannot open C:\\Users\\x b'],
    ['hosts', 'no route to db.prod.example.org', 'no route to cache.eu.example.net'],
    ['assigned words', 'login failed user=root tty=ssh', 'login failed user=guest tty=web'],
    ['assigned texts', 'saved name="Jo Doe" ok', 'saved name="Li" ok'],
    ['assigned structures', 'state={a: {b: c}} kept', 'state={} kept'],
    ['an empty assignment', 'failure; host= user=root', 'failure; host=10.0.0.1 user=root'],
    ['single quoted words', "unknown key 'alpha'", "unknown key 'beta'"],
    ['units', 'wrote 5 KB in 3 sec', 'wrote 7.5 MB in 10 min'],
    ['lists of any length', 'deleted a1 b2 c3', 'deleted a1'],
    ['comma lists', 'moved a1, b2, c3 away', 'moved d4 away'],
    ['repeated pairs', 'sizes a: 1, a: 2, a: 3', 'sizes a: 7'],
    ['comparisons', 'lifetime <1 sec', 'lifetime 00:17'],
    ['host and port', 'connect to n1:80 failed', 'connect to 10.0.0.1:9000 failed'],
    ['dates', 'seen at Sun Jul  3 10:00:01 2005', 'seen at Mon Aug 21 23:59:59 2006'],
    ['blanks after an assignment', 'drawn =  false now', 'drawn =  true now'],
    ['scrubbed numbers', 'block blk_-[Filtered] lost', 'block blk_17 lost'],
    ['hardware addresses', 'link ab:cd:ef:00:11:22 down', 'link 00:11:22:33:44:55 down'],
  ])('%s', (_, a, b) => {
    expect(signature(a)).toBe(signature(b));
  });
});

describe('messages that say something else look different', () => {
  test.each([
    ['other words', 'link error', 'link ok'],
    ['a label before a value', 'onStart:15', 'onStop:15'],
    ['quoted sentences', 'said "no such table"', 'said "disk is full"'],
    ['HTTP methods', '"GET /a/b HTTP/1.1" failed', '"POST /a/b HTTP/1.1" failed'],
    ['names of exceptions', 'closed: java.io.IOException', 'closed: java.net.BindException'],
    ['an equation is no assignment', 'a == b failed', 'a == c failed'],
    ['nothing but values', '404', '12.5'],
  ])('%s', (_, a, b) => {
    expect(signature(a)).not.toBe(signature(b));
  });
});

test('the template keeps the punctuation of the message', () => {
  expect(messageSignature('Job [42] failed: exit=137, host=n1')).toMatchObject({
    template: `Job [${VALUE}] failed: exit=${VALUE}, host=${VALUE}`,
    values: ['42', '137', 'n1'],
  });
});

test('a more general form masks further words', () => {
  const { tokens } = messageSignature('Invalid user root from 10.0.0.1');
  expect(renderTemplate('Invalid user root from 10.0.0.1', tokens.with(2, VALUE))).toEqual({
    template: `Invalid user ${VALUE} from ${VALUE}`,
    values: ['root', '10.0.0.1'],
  });
});

test('an empty message has a signature', () => {
  expect(signature('')).toBe('');
  expect(signature(' \n ')).toBe('');
});
