import { describe, expect, test } from 'vitest';
import { eventOf } from '../grouping-fixtures';
import { issueFeatures } from '../similarity';
import { groupEvent } from './group-event';
import { messageSignature } from './message-signature';
import { parameterize } from './parameterize';
import { TemplateMiner } from './templates';

/** Half a megabyte and more of what each rule begins to match and never ends. */
const SEEDS = [
  'a',
  'a.',
  'a-',
  'a@',
  'a:',
  ':',
  '1',
  '1.',
  '1-',
  '1:',
  '0x',
  'f',
  'F0',
  '-',
  '"',
  "'",
  '="',
  "a='",
  'a=(',
  '=',
  '(',
  '[[',
  '{{ ',
  '}}',
  '{{default}}',
  'http://',
  '://',
  '/',
  '\\',
  'C:\\',
  '<',
  '<>',
  '<*> ',
  '\n',
  ' \n',
  '\u0000',
  '\u2028',
  '\ud800',
  'Mon Jan ',
  'Jan 1, ',
  '1.1.1.',
  'ab:',
  '::',
  'lambda$',
  '$$Lambda',
  '$1',
  '[as ',
  'Exception',
  'Test',
  'test_',
  'a b ',
  'ß',
  'deadbeef',
  '00-',
  'datetime.datetime(',
  '%',
  '1 kb ',
  'x=1,',
  '::h0123456789abcdef',
  '{{closure}}',
  '<<',
  'block in ',
]; // prettier-ignore
const MEGABYTE = 1_000_000;
const TEXTS = SEEDS.map((seed) => [seed, seed.repeat(Math.ceil(MEGABYTE / seed.length))] as const);

const PLATFORMS = ['java', 'javascript', 'python', 'go', 'rust', 'csharp', 'ruby', 'php'];

/** A rule that backtracks takes minutes on these. */
const MOST_MS = 50;

/** Time of the processor, best of three: a busy machine must not fail the test. */
function milliseconds(run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && best > MOST_MS; attempt++) {
    const started = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(started);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

describe.each(TEXTS)('a megabyte of %j', (_, text) => {
  test('is masked in time', () => {
    expect(milliseconds(() => parameterize(text))).toBeLessThan(MOST_MS);
    expect(milliseconds(() => messageSignature(text))).toBeLessThan(MOST_MS);
  });

  test('is mined in time', () => {
    const { tokens } = messageSignature(text);
    expect(milliseconds(() => new TemplateMiner().add(tokens.join(' ')))).toBeLessThan(MOST_MS);
  });

  test('is grouped in time, whatever the language', () => {
    for (const platform of PLATFORMS) {
      const frames = Array.from({ length: 4 }, () => ({
        function: text,
        module: text,
        filename: text,
        context_line: text,
      }));
      const event = eventOf({
        platform,
        message: text,
        transaction: text,
        fingerprint: [text, '{{ default }}'],
        exceptions: [{ type: text, value: text, frames }],
      });
      expect(milliseconds(() => groupEvent(event))).toBeLessThan(MOST_MS);
      expect(milliseconds(() => issueFeatures(event))).toBeLessThan(MOST_MS);
      const { title, culprit, value } = groupEvent(event);
      expect(Math.max(title.length, culprit.length, value.length)).toBeLessThanOrEqual(256);
    }
  });
});
