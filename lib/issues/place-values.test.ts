import { describe, expect, test } from 'vitest';
import { matchesPattern } from '../projects/text-pattern';
import { fittingValues, placeName, placePattern, placeValues, templateParts } from './place-values';

describe('the values of a message', () => {
  test.each([
    ['user <*> not found', 'user ann not found', ['ann']],
    ['<int> of <int> shards', '3 of 12 shards', ['3', '12']],
    ['took <*>', 'took 12 ms\nand more', ['12 ms']],
    ['open <path>: denied', 'cannot open /tmp/x: denied', ['/tmp/x']],
    ['a <*> b <*> c', 'a b b b c', ['b', 'b']],
    ['user <*> not found', 'user ann was found', null],
    ['no places', 'no places', null],
  ])('%s in "%s"', (template, text, values) => {
    expect(placeValues(text, templateParts(template))).toEqual(values);
  });

  test('are those of the first text that has the form', () => {
    expect(fittingValues(['other', 'user bob gone'], templateParts('user <*> gone'))).toEqual(['bob']);
  });

  test.each([
    ['user <*> not found in <*>', 0, 'ann', 'user ann not found in eu', 'user bob not found in eu'],
    ['user <*> not found in <*>', 1, 'eu', 'user ann not found in eu', 'user ann not found in us'],
    ['took <int> ms', 0, '12', 'took 12 ms\nat x', 'took 13 ms'],
  ])('make a pattern: %s, place %i, %s', (template, place, value, fits, differs) => {
    const pattern = placePattern(templateParts(template), place, value);
    expect([matchesPattern(pattern, fits), matchesPattern(pattern, differs)]).toEqual([true, false]);
  });

  test.each([
    ['<*>', '17', '<num>'],
    ['<*>', '-1.5', '<num>'],
    ['<*>', '10.0.0.7:5432', '<ip>'],
    ['<*>', '/var/log/x', '<path>'],
    ['<*>', 'https://x.example', '<url>'],
    ['<*>', '0xdeadbeef', '<id>'],
    ['<*>', 'alice', '<*>'],
    ['<int>', '17', '<int>'],
  ])('name their place: %s with %s is %s', (token, value, name) => {
    expect(placeName(token, value)).toBe(name);
  });

  test('take no time to speak of on hostile texts', () => {
    const started = process.cpuUsage();
    const parts = templateParts('<*> a '.repeat(80));
    for (let i = 0; i < 100; i++) placeValues('a '.repeat(500_000), parts);
    templateParts('<'.repeat(1_000_000));
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(500);
  });
});
