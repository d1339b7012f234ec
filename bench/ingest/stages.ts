import { type Profiler, Session } from 'node:inspector/promises';

/**
 * Stages by the file whose code runs, or on whose behalf something of Node's runs. The first that matches, from the
 * innermost call outwards.
 */
const STAGES: readonly [stage: string, file: RegExp, functions?: RegExp][] = [
  ['decode', /protocols\/errors-api/, /^decodeJsonBody$/],
  ['decode', /ingest\/(?:capture-body|decompress|decode-store-body|zstd-frames)|protocols\/sentry-envelope/],
  ['validate', /protocols\/report-fields/],
  ['scrub', /ingest\/(?:scrub|clean-payload)/],
  ['encode', /ingest\/(?:normalize-event)/, /^encodeEvent$/],
  ['encode', /ingest\/store-events/, /^prepareEvent$/],
  ['normalise', /ingest\/(?:normalize-event|limits|read-envelope)|protocols\/|stack-traces\//],
  ['fingerprint', /lib\/grouping\/|group-incoming|recent-texts/],
  ['database', /write-batch|find-issues|issue-row|batch-effects|copy-rows|group-commit|durable-write|node_modules\/pg/],
  ['receive and answer', /lib\/ingest\/|lib\/http\/|node:_?http|node:net|stream/],
];

const stageOf = ({ functionName, url }: Profiler.Profile['nodes'][number]['callFrame']): string | undefined => {
  if (functionName === '(garbage collector)') return 'garbage';
  if (functionName === '(idle)') return 'idle';
  return STAGES.find(([, file, functions]) => file.test(url) && (functions?.test(functionName) ?? true))?.[0];
};

/** Starts to look; the returned function ends it, with the milliseconds each stage took of the main thread. */
export async function profileStages(): Promise<() => Promise<Record<string, number>>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return sumStages(profile);
  };
}

function sumStages({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Record<string, number> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stages = new Map<number, string>();
  for (const { id } of nodes) {
    let stage: string | undefined;
    for (let at: number | undefined = id; at !== undefined && !stage; at = parents.get(at)) {
      const node = byId.get(at);
      stage = node && stageOf(node.callFrame);
    }
    stages.set(id, stage ?? 'other');
  }
  const sums: Record<string, number> = {};
  for (const [at, id] of samples.entries()) {
    const stage = stages.get(id) ?? 'other';
    sums[stage] = (sums[stage] ?? 0) + (timeDeltas[at] ?? 0) / 1000;
  }
  return sums;
}
