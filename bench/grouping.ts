/**
 * How long grouping takes. Run: `npx tsx --conditions=react-server bench/grouping.ts`. Goals: an event of 50 frames in
 * 60 µs, a message among 10,000 templates in 30 µs.
 */
import { groupEvent } from '@/lib/grouping';
import { eventOf, thrown } from '@/lib/grouping/grouping-fixtures';
import { issueFeatures } from '@/lib/grouping/similarity';
import { messageSignature } from '@/lib/grouping/v1/message-signature';
import { TemplateMiner } from '@/lib/grouping/v1/templates';

const TEMPLATES = 10_000;

function measure(name: string, goal: number, run: (i: number) => void, rounds = 20_000): void {
  for (let i = 0; i < rounds / 4; i++) run(i);
  const started = performance.now();
  for (let i = 0; i < rounds; i++) run(i);
  const mean = ((performance.now() - started) * 1000) / rounds;
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
