import { describe, expect, it } from 'vitest';
import { cpuMs } from '@/lib/test-cpu-time';
import { parseDotnet } from './dotnet';
import { parseGo } from './go';
import { parseJava } from './java';
import { parseJavascript } from './javascript';
import { parseStackTrace } from './parse-stack-trace';
import { parsePython } from './python';
import { parseRust } from './rust';
import { type StackParser, stackLines } from './stack-text';

/** What the lines of each language begin with, hold or end with, so that each expression begins to match and never ends. */
const SEEDS = [
  ...['a', 'at ', 'at a', '(', '(((', ')', 'at (', 'at a(', '.', '$', '::', '<', '{{', '/', '\\', '1', ':1', ':1:1'],
  ...['"', "'", '\r\n', '\n', ' \n', ' ', '\t', 'a\n', 'a.b.c.', '0x', '\u0000', '\ud800', 'Error: ', 'A.B: '],
  ...['a@', '@', 'a@http://x:1:1\n', 'eval at ', 'at eval (eval at a (', '[native code]\n', ' line 1 > eval'],
  ...[
    'Line 1 of script ',
    'line 1, column 1 in ',
    '[cause]: Error: \n',
    '[errors]: [\n',
    ':wasm-function[',
    '(index 1)',
  ],
  ...['File "', 'File "a", line 1, in f\n', '  File "', '", line 1', 'Traceback (most recent call last):\n'],
  ...['During handling of the above exception, another exception occurred:\n', '  | ', '+-', '  +-+---- 1 ----\n'],
  ...['Caused by: ', 'Caused by: a\n', '\tat a.b(C.java:1)\n', 'at a.b(C.java:1)\n\t... 1 more\nCaused by: x\n'],
  ...['... 9999 more\n', 'Suppressed: ', '$$Lambda', 'goroutine 1 [\n', 'goroutine 1 [running]:\n', '\t/a.go:1\n'],
  ...[
    'main.f(0x1)\n\t/a.go:1 +0x1\n',
    'panic: ',
    'created by ',
    "thread '",
    "' panicked at '",
    "thread 'm' panicked at ",
  ],
  ...['stack backtrace:\n', '0: a::\n', '   0: 0x0 - a::b::h0123456789abcdef\n', '  at /a.rs:1\n', '{{closure}}'],
  ...[' in C:\\a.cs:line 1\n', 'at A.B(C c) in /a.cs:line 1\n', ' ---> ', '   at A.B.C[T](D`1 e)\n'],
];

const MEGABYTE = 1024 * 1024;
const repeat = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length);
const PARSERS: [string, StackParser][] = Object.entries({
  parsePython,
  parseJava,
  parseGo,
  parseRust,
  parseDotnet,
  parseJavascript,
});
const MOST_MS = 50;

/** Best of three: what else the machine does must not fail the test. */
function least(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && best > MOST_MS; attempt++) best = Math.min(best, cpuMs(run));
  return best;
}

describe.each(SEEDS)('a megabyte of %j', (seed) => {
  it('is read in time by each parser', () => {
    const texts = [
      repeat(seed, MEGABYTE),
      `at ${repeat(seed, MEGABYTE)}`,
      repeat(`${repeat(seed, 900)}\n`, MEGABYTE),
      repeat(`at ${repeat(seed, 900)}\n`, MEGABYTE),
    ];
    for (const text of texts) {
      expect(least(() => parseStackTrace(text))).toBeLessThan(MOST_MS);
      const lines = stackLines(text);
      for (const [name, parse] of PARSERS) {
        const ms = least(() => parse(lines));
        expect(ms < MOST_MS, `${name}: ${ms.toFixed(0)} ms`).toBe(true);
      }
    }
  });
});

it('reads both ends of a stack of endless recursion', () => {
  const lines = ['Error: deep', ...Array.from({ length: 100_000 }, (_, i) => `    at f${i} (/srv/app.js:${i + 1}:1)`)];
  const frames = parseStackTrace(lines.join('\n'))!.exceptions[0]!.frames!;
  expect(frames.at(-1)!.function).toBe('f0');
  expect(frames[0]!.function).toBe('f99999');
  expect(frames.length).toBeLessThan(5000);
});
