import { setTimeout as sleep } from 'node:timers/promises';
import { runApp } from '../chaos/running-app';
import { BATCH, batches } from './bodies';
import { load, percentile } from './client';
import { residentMegabytes } from './usage';

const EVERY_MS = 10_000;
const ISSUES = 1000;

/** What the overview and the list of issues ask for when they are opened. */
const ASKED = [
  '/api/v1/analytics/totals?range=14d',
  '/api/v1/analytics/error-trend?range=14d',
  '/api/v1/analytics/top-issues?range=14d',
  '/api/v1/issues?range=14d&limit=50',
  '/api/v1/issues?range=24h&limit=50',
];

/** A reader who opens one view after the other; times in ms, by address. */
function startReader(url: string, token: string): { times: Map<string, number[]>; stop: () => Promise<void> } {
  const times = new Map<string, number[]>(ASKED.map((path) => [path, []]));
  let stopped = false;
  const reading = (async () => {
    while (!stopped) {
      for (const path of ASKED) {
        const at = performance.now();
        const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
        times.get(path)?.push(performance.now() - at);
      }
      await sleep(200);
    }
  })();
  reading.catch((error: unknown) => console.log(`The reader gave up: ${error}`));
  return {
    times,
    stop: () => {
      stopped = true;
      return reading.catch(() => {});
    },
  };
}

/**
 * A really started Errata under full load of batches for so many seconds, with one reader at its dashboard: prints the
 * memory of the process that captures over time, and how long the reader waited.
 */
export async function soak(seconds: number): Promise<void> {
  const app = await runApp();
  try {
    const { key } = await app.cli<{ key: string }>(['project', 'create', '--slug', 'bench', '--name', 'Bench']);
    const { token } = await app.cli<{ token: string }>(['token', 'create', '--name', 'soak', '--scopes', 'read']);
    const memory: number[] = [];
    const watch = setInterval(() => {
      memory.push(residentMegabytes(app.pid()));
      console.log(`  ${((memory.length * EVERY_MS) / 1000).toFixed(0).padStart(4)} s  ${memory.at(-1)?.toFixed(0)} MB`);
    }, EVERY_MS);
    const reader = startReader(app.url, token);
    const next = batches(ISSUES, key);
    const result = await load(Number(new URL(app.url).port), next, { perRequest: BATCH, connections: 4, seconds });
    clearInterval(watch);
    await reader.stop();
    console.log(`  ${result.rate.toFixed(0)} events/s, refused ${JSON.stringify(result.refused)}`);
    for (const [path, times] of reader.times) {
      const sorted = times.toSorted((a, b) => a - b);
      const [p50, p95] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
      console.log(`  ${path}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, ${sorted.length} times`);
    }
    console.log(`  memory at most ${Math.max(0, ...memory).toFixed(0)} MB`);
  } finally {
    await app.remove();
  }
}
