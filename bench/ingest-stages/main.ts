/**
 * Where the processor's time of one event goes, from the bytes of the request to the text handed to the database:
 * `npx tsx --tsconfig cli/tsconfig.json bench/ingest-stages/main.ts [--issues 1000] [--rounds 20]`.
 * Microseconds of the processor, of all threads, so that a busy machine shows the same. Goals: 60 µs for a report, 400 µs
 * for an envelope of 10 KB, 60 µs for the fingerprint of a stack never seen before.
 */
import { parseArgs } from 'node:util';
import { groupEvent } from '@/lib/grouping';
import { cleanPayload } from '@/lib/ingest/clean-payload';
import { type EventDraft, encodeEvent, type NormalizedResult, normalizeEvent } from '@/lib/ingest/normalize-event';
import { decodeJsonBody, readErrorReport } from '@/lib/ingest/protocols/errors-api';
import { checkFields, isObject } from '@/lib/ingest/protocols/report-fields';
import { parseEnvelope } from '@/lib/ingest/protocols/sentry-envelope';
import { planEnvelope } from '@/lib/ingest/read-envelope';
import { parseStackTrace } from '@/lib/ingest/stack-traces/parse-stack-trace';
import { ENVELOPE_SIZES, makeEnvelope } from './envelopes';
import { makeReport } from './reports';

const BATCH = 500;
const RECEIVED_AT = new Date('2026-10-01T00:00:00Z');
const FALLBACK_ID = 'f'.repeat(32);

type Understood = { draft: EventDraft; raw: Record<string, unknown> };

/** Adds up the time of the processor under the name of each stage. */
class Stages {
  readonly #times = new Map<string, number>();
  #events = 0;

  time<T>(stage: string, run: () => T): T {
    const before = process.cpuUsage();
    const result = run();
    const { user, system } = process.cpuUsage(before);
    this.#times.set(stage, (this.#times.get(stage) ?? 0) + user + system);
    return result;
  }

  count(events: number): void {
    this.#events += events;
  }

  /** A stage in brackets is part of the one before it. */
  print(title: string): void {
    let total = 0;
    console.log(title);
    for (const [stage, time] of this.#times) {
      if (!stage.startsWith('(')) total += time;
      console.log(`  ${stage.padEnd(26)} ${(time / this.#events).toFixed(1).padStart(8)} µs`);
    }
    console.log(`  ${'total'.padEnd(26)} ${(total / this.#events).toFixed(1).padStart(8)} µs`);
  }
}

/** What is the same for all protocols. */
function store(stages: Stages, understood: readonly Understood[]): void {
  const normalized = stages.time('normalise', () =>
    understood.map(({ draft }) => normalizeEvent(draft, { receivedAt: RECEIVED_AT, fallbackId: FALLBACK_ID })),
  );
  stages.time('fingerprint', () => normalized.map(({ event }: NormalizedResult) => groupEvent(event)));
  stages.time('encode event', () => normalized.map(({ event }: NormalizedResult) => encodeEvent(event).text));
  stages.time('encode raw', () => understood.map(({ raw }) => JSON.stringify(raw)));
  stages.count(understood.length);
}

function understand(items: readonly unknown[]): Understood[] {
  return items.map((item) => {
    const report = readErrorReport(item);
    if ('error' in report) throw new Error(report.error.message);
    return report;
  });
}

function decode(body: Buffer): Record<string, unknown>[] {
  const decoded = decodeJsonBody(body);
  if ('error' in decoded || !isObject(decoded.value)) throw new Error('no report');
  return decoded.value.errors as Record<string, unknown>[];
}

/** `others`: what the parts of reading are timed with, so that the whole does not prepare it for them. */
function runReports(stages: Stages, body: Buffer, others: Buffer): void {
  const items = stages.time('decode', () => decode(body));
  const understood = stages.time('read', () => understand(items));
  const parts = decode(others);
  stages.time('(validate)', () => parts.map((item) => checkFields(item)));
  stages.time('(scrub)', () => parts.map((item) => cleanPayload(item, [])));
  stages.time('(stack)', () => parts.map((item) => parseStackTrace(String(item.stack_trace), String(item.language))));
  store(stages, understood);
}

const PLAN_OPTIONS = {
  context: { slug: 'shop', address: '203.0.113.9', receivedAt: RECEIVED_AT },
  attachmentBytes: 0,
  limitOf: () => null,
};

function runEnvelopes(stages: Stages, bodies: readonly Buffer[]): void {
  const envelopes = stages.time('frame', () =>
    bodies.map((body) => {
      const envelope = parseEnvelope(body);
      if ('error' in envelope) throw new Error(envelope.error);
      return envelope;
    }),
  );
  const understood = stages.time('decode and read', () =>
    envelopes.map((envelope) => {
      const { event } = planEnvelope(envelope, PLAN_OPTIONS);
      if (!event) throw new Error('no event');
      return event;
    }),
  );
  const payloads = envelopes.map(({ items }) => JSON.parse(items[0]!.payload.toString()) as Record<string, unknown>);
  stages.time('(scrub)', () => payloads.map((payload) => cleanPayload(payload, [])));
  store(stages, understood);
}

/** Runs once for the compiler, then `rounds` times, each with new bodies. */
function repeat(title: string, rounds: number, run: (stages: Stages, round: number) => void): void {
  const warmUp = new Stages();
  for (let round = 0; round < rounds / 4; round++) run(warmUp, round);
  const stages = new Stages();
  for (let round = 0; round < rounds; round++) run(stages, round + rounds);
  stages.print(title);
}

const { values } = parseArgs({
  options: {
    issues: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
  },
});
const issues = Number(values.issues);
const rounds = Number(values.rounds);

/** Rounds of `others`. */
const LATER = 100_000;
const batch = (round: number, count: number): Buffer =>
  Buffer.from(
    JSON.stringify({ errors: Array.from({ length: BATCH }, (_, n) => makeReport(round * BATCH + n, count)) }),
  );
const CASES: Record<string, () => void> = {
  reports: () => {
    const size = Math.round(batch(0, issues).length / BATCH);
    repeat(`reports of ${size} bytes, ${issues} issues`, rounds, (stages, round) =>
      runReports(stages, batch(round, issues), batch(round + LATER, issues)),
    );
  },
  fresh: () =>
    repeat('reports, every stack for the first time', rounds, (stages, round) =>
      runReports(stages, batch(round, Number.MAX_SAFE_INTEGER), batch(round + LATER, Number.MAX_SAFE_INTEGER)),
    ),
  ...Object.fromEntries(
    Object.keys(ENVELOPE_SIZES).map((size) => [
      size,
      () =>
        repeat(
          `envelopes of ${makeEnvelope(0, issues, size).length} bytes, ${issues} issues`,
          rounds,
          (stages, round) =>
            runEnvelopes(
              stages,
              Array.from({ length: BATCH / 5 }, (_, n) => makeEnvelope(round * BATCH + n, issues, size)),
            ),
        ),
    ]),
  ),
};
for (const [name, run] of Object.entries(CASES)) if (name.includes(values.only)) run();
