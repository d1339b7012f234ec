import { expect, test } from 'vitest';
import { dsn, parseShortId, shortId, slugify, slugSchema } from './project-schema';

test.each([
  ['Web shop', 'web-shop'],
  ['Überraschung GmbH', 'uberraschung-gmbh'],
  ['42', 'project-42'],
  ['  --A!!b-- ', 'a-b'],
  ['日本', 'project'],
  ['x'.repeat(80), 'x'.repeat(50)],
])('%s becomes the slug %s', (name, slug) => {
  expect(slugify(name)).toBe(slug);
  expect(slugSchema.safeParse(slugify(name)).success).toBe(true);
});

test('a short id comes apart at its last dash', () => {
  expect(parseShortId(shortId('WEB-SHOP', 42))).toEqual({ prefix: 'WEB-SHOP', number: 42 });
  expect(parseShortId('web-shop-42')).toEqual({ prefix: 'WEB-SHOP', number: 42 });
});

test.each(['42', 'WEB-', '-1', 'WEB-1e9', "WEB'--1x", ''])('%s is no short id', (text) => {
  expect(parseShortId(text)).toBeNull();
});

test('a DSN keeps the path prefix of the address', () => {
  expect(dsn('https://e.test/errata/', 'a'.repeat(32), 7)).toBe(`https://${'a'.repeat(32)}@e.test/errata/7`);
});
