import { describe, expect, it } from 'vitest';
import { readNote } from './read-note';

const kinds = (text: string) => readNote(text).map((part) => [part.kind, part.text]);

describe('readNote', () => {
  it.each<[string, string, string[]]>([
    ['a cause', 'Turned out the exporter held a transaction while it waited.', ['cause']],
    ['a cure', 'Raised max_connections to 200 and restarted the pod.', ['cure']],
    ['a question', 'Could it be because of the upgrade?', ['remark']],
    ['what was tried in vain', 'Restarting the pod did not help.', ['remark']],
    ['small talk', 'Same here since this morning.', ['remark']],
    ['prevention', 'Added an alert so that it does not surprise us again.', ['prevention']],
    ['a command on its own line', '$ kubectl rollout restart deploy/orders', ['command']],
    ['a command in a sentence', 'Fixed by running `npm rebuild sharp` on the host.', ['cure', 'command']],
    ['a block of a shell', '```bash\nredis-cli FLUSHDB\n```', ['command']],
    ['an order', 'Guard it with `if (!slot) return null`.', ['cure']],
    ['an outcome', 'With the new driver the error is gone.', ['cure']],
    ['a piece of news that reads like an order', 'Run into this again. Update: same on staging.', ['remark', 'remark']],
    ['the code of a cure', 'Skip closed shops:\n```ts\nif (!slot) return null;\n```', ['cure', 'command']],
    ['output below a cure', 'Restarted it, now:\n```\nconnection refused\n```', ['cure']],
    ['a block of anything else', '```json\n{"pool": 10}\n```', []],
  ])('knows %s', (_, text, expected) => {
    expect(kinds(text).map(([kind]) => kind)).toEqual(expected);
  });

  it('keeps every word as it was written, without the marks of lists', () => {
    expect(kinds('- Fixed in v2.1.4 of pool.ts by Mara. Nothing else changed.')).toEqual([
      ['cure', 'Fixed in v2.1.4 of pool.ts by Mara.'],
      ['cure', 'Nothing else changed.'],
    ]);
  });

  it('stays bounded whatever is pasted', () => {
    const started = performance.now();
    expect(readNote('because `a` '.repeat(100_000)).length).toBeLessThanOrEqual(60);
    expect(readNote('`'.repeat(100_000)).length).toBeLessThanOrEqual(60);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
