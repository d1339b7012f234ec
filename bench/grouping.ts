/**
 * How long grouping takes. Run: `npx tsx --conditions=react-server bench/grouping.ts`. Goals: an event of 50 frames in
 * 60 µs, a message among 10,000 templates in 30 µs, a megabyte of anything in 50 ms; all of them time of the processor.
 */
import { groupEvent } from '@/lib/grouping';
import { eventOf, thrown } from '@/lib/grouping/grouping-fixtures';
import { issueFeatures } from '@/lib/grouping/similarity';
import { messageSignature } from '@/lib/grouping/v1/message-signature';
import { parameterize } from '@/lib/grouping/v1/parameterize';
import { TemplateMiner } from '@/lib/grouping/v1/templates';
import { parseDotnet } from '@/lib/ingest/stack-traces/dotnet';
import { parseGo } from '@/lib/ingest/stack-traces/go';
import { parseJava } from '@/lib/ingest/stack-traces/java';
import { parseJavascript } from '@/lib/ingest/stack-traces/javascript';
import { parseStackTrace } from '@/lib/ingest/stack-traces/parse-stack-trace';
import { parsePython } from '@/lib/ingest/stack-traces/python';
import { parseRust } from '@/lib/ingest/stack-traces/rust';
import { stackLines } from '@/lib/ingest/stack-traces/stack-text';
import { mappableFrames } from '@/lib/source-maps/event-scripts';
import { cpuMs } from '@/lib/test-cpu-time';

const TEMPLATES = 10_000;

function measure(name: string, goal: number, run: (i: number) => void, rounds = 20_000): void {
  for (let i = 0; i < rounds / 4; i++) run(i);
  const spent = cpuMs(() => {
    for (let i = 0; i < rounds; i++) run(i);
  });
  const mean = (spent * 1000) / rounds;
  console.log(`${name.padEnd(44)} ${mean.toFixed(1).padStart(7)} µs${goal > 0 ? `   goal ${goal} µs` : ''}`);
  if (goal > 0 && mean > goal) process.exitCode = 1;
}

const javaEvents = Array.from({ length: 64 }, (_, n) =>
  eventOf({
    exceptions: [
      thrown(
        'java.lang.IllegalStateException',
        `cart ${n} is closed since 2026-11-20T10:00:00Z`,
        ...Array.from(
          { length: 50 },
          (_, i) => `${i % 3 === 0 ? '~org.spring' : 'com.example.shop'}.part${i}.Handler${n}.lambda$run$${i}:${i}`,
        ),
      ),
    ],
  }),
);
const jsEvents = Array.from({ length: 64 }, (_, n) =>
  eventOf({
    platform: 'javascript',
    exceptions: [
      {
        type: 'TypeError',
        value: `Cannot read properties of undefined (reading 'item${n}')`,
        frames: Array.from({ length: 50 }, (_, i) => ({
          filename: `https://shop.example/assets/chunk-${i}.4f3a2b1c.js`,
          function: `Object.render${i}`,
          lineno: i,
          colno: 7,
          in_app: true,
        })),
      },
    ],
  }),
);
measure('fingerprint, 50 Java frames', 60, (i) => void groupEvent(javaEvents[i % javaEvents.length]!));
measure('fingerprint, 50 browser frames', 60, (i) => void groupEvent(jsEvents[i % jsEvents.length]!));
measure('features for similar issues, 50 frames', 0, (i) => void issueFeatures(javaEvents[i % javaEvents.length]!));

const WORDS =
  'open close read write find load send drop lock join scan sync move copy wait poll bind list map pack'.split(' ');
const word = (n: number) => `${WORDS[n % 20]}${WORDS[Math.floor(n / 20) % 20]}`;
const message = (template: number, value: number) =>
  `${word(template)} of ${word(template * 7 + 3)} by ${word(Math.floor(template / 400) * 11)} failed after ${value} ms for /srv/data/${value}.bin (code=${value % 7}, host=10.0.${value % 250}.7)`;
const miner = new TemplateMiner();
const started = performance.now();
for (let n = 0; n < TEMPLATES; n++) {
  const text = messageSignature(message(n, n)).tokens.join(' ');
  if (miner.find(text) === undefined) miner.add(text);
}
console.log(`learning ${miner.size} signatures: ${(performance.now() - started).toFixed(0)} ms`);
measure(`template of a message among ${miner.size}`, 30, (i) => {
  const text = messageSignature(message(i % TEMPLATES, i)).tokens.join(' ');
  if (miner.find(text) === undefined) throw new Error('unknown template');
});
const messages = Array.from({ length: 256 }, (_, i) => eventOf({ message: message(i, i) }));
measure('fingerprint of a message', 0, (i) => void groupEvent(messages[i % messages.length]!));
let next = TEMPLATES;
measure(
  'a signature never seen',
  0,
  () =>
    void miner.add(
      messageSignature(`${word(next)} ${word(next++ * 13)} at gate ${word(next * 3)} went wrong x${next}`).tokens.join(
        ' ',
      ),
    ),
  4000,
);

measure('asking a Java event for minified frames', 0, (i) => void mappableFrames(javaEvents[i % javaEvents.length]!));

const MEGABYTE = 1024 * 1024;
const SEEDS = [
  ...['a', '1', '.', ':', '(', '@', '/', '\\n', ' ', 'at ', 'at a (', 'a@http://x:1:1\n', 'eval at ', 'line 1 > eval'],
  ...['File "a", line 1, in f\n', '  | ', 'Caused by: a\n', '\tat a.b(C.java:1)\n', '... 9999 more\n', '\t/a.go:1\n'],
  ...[
    'main.f(0x1)\n\t/a.go:1 +0x1\n',
    'goroutine 1 [\n',
    "' panicked at '",
    '   0: a::b\n',
    ' ---> ',
    'at A.B(C c) in /a.cs:line 1\n',
  ],
  ...['1.1.1.', 'ab:', 'a@a.', 'Mon Jan ', "a='", 'a=(', 'deadbeef', 'com.a.B', '\ud800'],
];
const HOSTILE = SEEDS.map((seed) => seed.repeat(Math.ceil(MEGABYTE / seed.length)));
const ofLines = (parse: (lines: readonly string[]) => unknown) => (text: string) => parse(stackLines(text));
const READERS: Record<string, (text: string) => unknown> = {
  'any language': parseStackTrace,
  JavaScript: ofLines(parseJavascript),
  Java: ofLines(parseJava),
  Python: ofLines(parsePython),
  Go: ofLines(parseGo),
  Rust: ofLines(parseRust),
  '.NET': ofLines(parseDotnet),
  parameterize,
  'message signature': messageSignature,
  'template miner': (text) => new TemplateMiner().add(messageSignature(text).tokens.join(' ')),
};
const GOAL_MS = 50;
for (const [name, read] of Object.entries(READERS)) {
  for (const text of HOSTILE) read(text);
  const worst = Math.max(...HOSTILE.map((text) => cpuMs(() => read(text))));
  console.log(
    `${`worst hostile megabyte, ${name}`.padEnd(44)} ${worst.toFixed(1).padStart(7)} ms   goal ${GOAL_MS} ms`,
  );
  if (worst > GOAL_MS) process.exitCode = 1;
}
