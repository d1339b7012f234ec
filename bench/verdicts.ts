/**
 * How often a verdict on a fix is right, by simulation with known truth: npx tsx bench/verdicts.ts [fixes per row] [seed]
 * Each row is a kind of traffic. An issue comes for seven days, a fix is applied, it works or it does not, and the verdict
 * is asked for every hour until it is given.
 */
import { type Baseline, baselineHours, baselineRate, fixVerdict, occasionsOf } from '@/lib/learning/fix-verdict';
import { DAY_MS, HOUR_MS } from '@/lib/time';

const FIXES = Number(process.argv[2] ?? 1000);
const DAYS_BEFORE = 7;
const DAYS_AFTER = 31;

/** Reproducible randomness (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Times of events in hours from `from` to `until`, at `rate` an hour on average. */
type Traffic = (rate: number, from: number, until: number, next: () => number) => number[];

const poisson: Traffic = (rate, from, until, next) => {
  const times: number[] = [];
  const gap = () => -Math.log(1 - next()) / rate;
  for (let at = from + gap(); at < until; at += gap()) times.push(at);
  return times;
};

/** Bursts of about twenty within ten minutes. */
const bursts: Traffic = (rate, from, until, next) =>
  poisson(rate / 20, from, until, next).flatMap((start) => poisson(120, start, start + 1 / 6, next));

/** Nothing outside ten working hours. */
const daytime: Traffic = (rate, from, until, next) =>
  poisson(rate * 2.4, from, until, next).filter((at) => ((at % 24) + 24) % 24 < 10);

const TRAFFIC: Record<string, Traffic> = { poisson, bursts, daytime };
const RATES: [string, number][] = [
  ['1000 a day', 1000 / 24],
  ['100 a day', 100 / 24],
  ['10 a day', 10 / 24],
  ['2 a day', 2 / 24],
  ['2 a week', 2 / 168],
];

interface Tally {
  held: number;
  recurred: number;
  inconclusive: number;
  hours: number;
}

/** Hour of the first event after a fix that does not work, looked for day by day. */
function firstEvent(traffic: Traffic, rate: number, next: () => number): number {
  for (let day = 0; day < DAYS_AFTER; day += 1) {
    const times = traffic(rate, 24 * day, 24 * (day + 1), next);
    if (times.length > 0) return times.reduce((least, time) => Math.min(least, time));
  }
  return 1e9;
}

function simulate(traffic: Traffic, rate: number, works: boolean, next: () => number): Tally {
  const tally: Tally = { held: 0, recurred: 0, inconclusive: 0, hours: 0 };
  const now = new Date(0);
  for (let fix = 0; fix < FIXES; fix += 1) {
    const before = traffic(rate, -24 * DAYS_BEFORE, 0, next);
    if (before.length === 0) continue;
    const first = before.reduce((least, time) => Math.min(least, time));
    const baseline: Baseline = {
      events: before.length,
      occasions: occasionsOf([...new Set(before.map(Math.floor))].map((hour) => new Date(hour * HOUR_MS))),
      from: new Date(now.getTime() + first * HOUR_MS),
      until: now,
    };
    const back = works ? Number.POSITIVE_INFINITY : firstEvent(traffic, rate, next);
    const watched = {
      appliedAt: now,
      quietSince: now,
      rate: baselineRate(baseline),
      occasions: baseline.occasions,
      baselineHours: baselineHours(baseline),
    };
    for (let hour = 1; hour <= 24 * DAYS_AFTER; hour += 1) {
      const { verdict } = fixVerdict({ ...watched, recurred: back <= hour }, new Date(hour * HOUR_MS));
      if (verdict === 'watching') continue;
      tally[verdict] += 1;
      tally.hours += hour;
      break;
    }
  }
  return tally;
}

const percent = (part: number, tally: Tally) =>
  `${((100 * part) / Math.max(1, tally.held + tally.recurred + tally.inconclusive)).toFixed(1).padStart(5)} %`;

console.log(`${FIXES} fixes a row and truth; verdicts in percent, mean days to the verdict of the fixed`);
console.log('traffic   rate         not fixed: held   recurred  open     fixed: held   open     days');
const next = random(Number(process.argv[3] ?? 20_241_121));
for (const [name, traffic] of Object.entries(TRAFFIC))
  for (const [label, rate] of RATES) {
    const broken = simulate(traffic, rate, false, next);
    const fixed = simulate(traffic, rate, true, next);
    const days = (fixed.hours * HOUR_MS) / DAY_MS / Math.max(1, fixed.held + fixed.inconclusive);
    console.log(
      `${name.padEnd(9)} ${label.padEnd(12)} ${percent(broken.held, broken).padStart(15)} ${percent(broken.recurred, broken).padStart(10)} ${percent(broken.inconclusive, broken)} ${percent(fixed.held, fixed).padStart(14)} ${percent(fixed.inconclusive, fixed)} ${days.toFixed(1).padStart(7)}`,
    );
  }
