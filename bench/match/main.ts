/**
 * How well matching finds the entry of an error, how well it knows when it does not, and how long it takes, on labelled data:
 *   npx tsx --tsconfig cli/tsconfig.json bench/match/main.ts [KB.jsonl QUERIES.jsonl] [--misses] [--fit] [--scale 10000]
 *     [--serve 10000,100000] [--seconds 20]
 * `--fit` prints weights for lib/search/calibrate.ts, `--scale` the processor's time of an answer among so many entries, and
 * `--serve` the time on the clock over HTTP, of a really started Errata (run `next build` before).
 */
import { parseArgs } from 'node:util';
import type { MatchSigns } from '@/lib/search/calibrate';
import { errorFeatures } from '@/lib/search/error-features';
import { type MatchDocument, matchDocument } from '@/lib/search/match-document';
import { MatchIndex } from '@/lib/search/match-index';
import { type RankedMatch, scoreMatches } from '@/lib/search/match-score';
import { percentile } from '../throwaway-database';
import { enlarged, type LabelledError, readKnowledgeBase } from './knowledge-base';
import { measureServed } from './served';

/** One question, asked with the right entry there and with it taken out. */
interface Asked {
  project: string;
  right: boolean;
  top: RankedMatch | undefined;
}

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    misses: { type: 'boolean' },
    fit: { type: 'boolean' },
    scale: { type: 'string', default: '' },
    serve: { type: 'string', default: '' },
    seconds: { type: 'string', default: '20' },
  },
});
const base = readKnowledgeBase(positionals);
const { queries } = base;
const numbers = new Map(base.ids.map((id, i) => [id, i]));
const documents = base.entries.map((entry, i) => matchDocument(i, entry));
const index = new MatchIndex();
for (const document of documents) index.add(document);

const ask = (text: string) => scoreMatches(index, errorFeatures({ error_message: text }), 10);
/** Without links and without the code that names the entry. */
const stripped = ({ query, expected }: LabelledError) =>
  query
    .replace(/https?:\/\/\S+/g, ' ')
    .split(expected.slice(expected.indexOf(':') + 1))
    .join(' ');

function evaluate(name: string, textOf: (query: LabelledError) => string): { known: Asked[]; unknown: Asked[] } {
  const withIt: Asked[] = [];
  const withoutIt: Asked[] = [];
  let reciprocal = 0;
  for (const query of queries) {
    const right = [query.expected, ...(query.also_ok ?? [])].flatMap((id) => numbers.get(id) ?? []);
    const ranked = ask(textOf(query));
    const rank = ranked.findIndex((match) => right.includes(match.id)) + 1;
    reciprocal += rank ? 1 / rank : 0;
    withIt.push({ project: query.project, right: rank === 1, top: ranked[0] });
    if (flags.misses && rank !== 1) console.log(`  ${query.id} ${query.expected}: rank ${rank || '> 10'}`);
    for (const id of right) index.remove(id);
    withoutIt.push({ project: query.project, right: false, top: ask(textOf(query))[0] });
    for (const id of right) index.add(documents[id] as MatchDocument);
  }
  const hits = withIt.filter((one) => one.right).length;
  console.log(`${name.padEnd(10)} recall@1 ${ratio(hits, queries.length)}  MRR ${ratio(reciprocal, queries.length)}`);
  return { known: withIt, unknown: withoutIt };
}

const ratio = (part: number, whole: number) => (part / whole).toFixed(3);
const confidence = (one: Asked) => one.top?.confidence ?? 0;

/** Chance that a question with an answer gets a higher confidence than one without. */
function auroc(high: Asked[], low: Asked[]): number {
  let wins = 0;
  for (const a of high)
    for (const b of low) wins += confidence(a) > confidence(b) ? 1 : confidence(a) === confidence(b) ? 0.5 : 0;
  return wins / (high.length * low.length);
}

interface Bin {
  sure: number;
  right: number;
  asked: number;
}

/** Answers by how sure they were, in tenths. `isRight` may pretend. */
function binsOf(all: readonly Asked[], isRight: (one: Asked) => boolean): Bin[] {
  const bins = Array.from({ length: 10 }, (): Bin => ({ sure: 0, right: 0, asked: 0 }));
  for (const one of all) {
    const bin = bins[Math.min(9, Math.floor(confidence(one) * 10))] as Bin;
    bin.sure += confidence(one);
    bin.right += Number(isRight(one));
    bin.asked += 1;
  }
  return bins;
}

const distance = (bins: readonly Bin[], asked: number): number =>
  bins.reduce((sum, bin) => sum + Math.abs(bin.sure - bin.right), 0) / asked;

/** Mean distance between how sure and how often right, over bins of a tenth. Prints the curve. */
function calibrationError(all: Asked[]): number {
  const bins = binsOf(all, (one) => one.right);
  for (const [at, { sure, right, asked }] of bins.entries())
    if (asked > 0)
      console.log(`  ${at / 10}–${(at + 1) / 10}  said ${ratio(sure, asked)}  was ${ratio(right, asked)}  n ${asked}`);
  return distance(bins, all.length);
}

const DRAWS = 500;

/** What the same confidences would show on so few questions if each were exactly right: the mean of many draws. */
function errorByChance(all: Asked[]): number {
  const draws = Array.from({ length: DRAWS }, () =>
    distance(
      binsOf(all, (one) => Math.random() < confidence(one)),
      all.length,
    ),
  );
  return draws.reduce((sum, error) => sum + error, 0) / DRAWS;
}

const SIGNS = ['coverage', 'margin', 'explained', 'named'] as const satisfies readonly (keyof MatchSigns)[];

interface Fit {
  weights: number[];
  bias: number;
}

const signsOf = (one: Asked): number[] => SIGNS.map((sign) => one.top?.signs[sign] ?? 0);
const chanceOf = ({ weights, bias }: Fit, signs: number[]): number =>
  1 / (1 + Math.exp(-signs.reduce((sum, sign, i) => sum + sign * (weights[i] as number), bias)));

/** Logistic regression with ridge and weights that do not fall below zero, by gradient descent. */
function fitted(all: Asked[], ridge = 0.001): Fit {
  const fit: Fit = { weights: SIGNS.map(() => 1), bias: 0 };
  for (let step = 0; step < 4000; step += 1) {
    const slopes = SIGNS.map(() => 0);
    let slope = 0;
    for (const one of all) {
      const signs = signsOf(one);
      const error = chanceOf(fit, signs) - Number(one.right);
      slope += error / all.length;
      for (const [i, sign] of signs.entries()) slopes[i] = (slopes[i] as number) + (error * sign) / all.length;
    }
    fit.bias -= 0.5 * slope;
    fit.weights = fit.weights.map((weight, i) => Math.max(0, weight - 0.5 * ((slopes[i] as number) + ridge * weight)));
  }
  return fit;
}

/** Fits without each project in turn and asks for that project: what a knowledge base nobody has seen would get. */
function leaveOneProjectOut(training: Asked[], asked: Asked[]): void {
  const sealed = [...new Set(asked.map((one) => one.project))].flatMap((project) => {
    const fit = fitted(training.filter((one) => one.project !== project));
    return asked
      .filter((one) => one.project === project)
      .map((one) => ({ ...one, top: one.top && { ...one.top, confidence: chanceOf(fit, signsOf(one)) } }));
  });
  console.log(`left-one-project-out: calibration error ${calibrationError(sealed).toFixed(3)}`);
  const { weights, bias } = fitted(training);
  const told = SIGNS.map((sign, i) => `${sign} ${weights[i]?.toFixed(2)}`).join('  ');
  console.log(`weights of all: ${told}  bias ${bias.toFixed(2)}`);
}

/** Processor time in milliseconds: other work on the machine does not count. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Matching alone, without HTTP or database, in a knowledge base of this size. */
function measure(size: number): void {
  const big = new MatchIndex();
  const started = cpu();
  for (let id = 0; id < size; id += 1) big.add(matchDocument(id, enlarged(base, id)));
  const memory = Math.round(process.memoryUsage().heapUsed / 1e6 + process.memoryUsage().arrayBuffers / 1e6);
  console.log(`${size} entries read in ${(cpu() - started).toFixed(0)} ms of CPU, ${memory} MB`);
  const times: number[] = [];
  for (let round = 0; round < 4; round += 1)
    for (const { query } of queries) {
      const asked = cpu();
      scoreMatches(big, errorFeatures({ error_message: query }), 8);
      if (round > 0) times.push(cpu() - asked);
    }
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(1));
  console.log(`answer: CPU p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms`);
}

const sizes = (text: string): number[] => text.split(',').map(Number);

const whole = evaluate('all', (query) => query.query);
const bare = evaluate('stripped', stripped);
console.log(`knows when it does not: AUROC ${auroc(whole.known, whole.unknown).toFixed(3)}`);
console.log('how sure against how often right:');
const everything = [...whole.known, ...whole.unknown];
console.log(
  `calibration error ${calibrationError(everything).toFixed(3)} (${errorByChance(everything).toFixed(3)} by chance alone, with ${everything.length} answers)`,
);
if (flags.fit) leaveOneProjectOut([...everything, ...bare.known, ...bare.unknown], everything);
for (const size of sizes(flags.scale)) if (size > 0) measure(size);
if (flags.serve) await measureServed(base, sizes(flags.serve), Number(flags.seconds));
