import { expect, test } from 'vitest';
import { storableJson } from './storable-json';

test.each([
  ['a NUL character', '{"a\\u0000":"\\u0000"}', { 'a\ufffd': '\ufffd' }],
  ['half a pair', '["\\ud83d", "\\uDE00", "\\ud83dx", "\\ud83d\\n"]', ['\ufffd', '\ufffd', '\ufffdx', '\ufffd\n']],
  ['two first halves', '"\\ud83d\\ud83d\\ude00"', '\ufffd\u{1f600}'],
])('%s is replaced', (_, json, expected) => {
  expect(JSON.parse(storableJson(json))).toEqual(expected);
});

test.each([
  ['a whole pair', '"\\ud83d\\ude00"'],
  ['an escaped backslash before what looks like one', '"\\\\u0000 \\\\ud83d \\u0041"'],
  ['what has no escapes', '{"a":"b"}'],
])('%s stays', (_, json) => {
  expect(storableJson(json)).toBe(json);
});
