import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { Signature } from '@/lib/knowledge/entry-schema';
import type { BackTest } from '@/lib/search/back-test-schema';

const path = '/api/v1/knowledge/back-test';

/** The first stretch of a replay, for a live count while a signature is written. */
export const signatureCountQuery = (signature: Signature) =>
  queryOptions({
    queryKey: ['back-test', 'count', signature],
    queryFn: () => api.post<BackTest>(path, { signatures: [signature] }),
    enabled: signature.value.trim() !== '',
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  });

/** A whole replay; tells how far it is after each stretch. */
export async function runBackTest(
  signatures: readonly Signature[],
  entry: string | null,
  onProgress: (soFar: BackTest) => void,
  isStopped: () => boolean,
): Promise<BackTest> {
  let all: BackTest | null = null;
  for (let cursor: string | undefined; ; ) {
    const part = await api.post<BackTest>(path, { signatures, entry, cursor });
    all = all ? added(all, part) : part;
    onProgress(all);
    if (part.next_cursor === null || isStopped()) return all;
    cursor = part.next_cursor;
  }
}

const SHOWN = 50;

/** Two stretches as one. */
function added(a: BackTest, b: BackTest): BackTest {
  const collisions = new Map(a.collisions.map((each) => [each.entry, each]));
  for (const each of b.collisions) {
    const known = collisions.get(each.entry);
    collisions.set(each.entry, {
      ...each,
      issues: each.issues + (known?.issues ?? 0),
      examples: [...(known?.examples ?? []), ...each.examples].slice(0, 5),
    });
  }
  return {
    next_cursor: b.next_cursor,
    progress: {
      ...b.progress,
      issues: a.progress.issues + b.progress.issues,
      events: a.progress.events + b.progress.events,
      events_read: a.progress.events_read + b.progress.events_read,
    },
    signatures: a.signatures.map((each, at) => ({
      ...each,
      issues: each.issues + (b.signatures[at]?.issues ?? 0),
      events: each.events + (b.signatures[at]?.events ?? 0),
    })),
    hits: {
      issues: a.hits.issues + b.hits.issues,
      events: a.hits.events + b.hits.events,
      data: [...a.hits.data, ...b.hits.data].sort((x, y) => y.issue.events - x.issue.events).slice(0, SHOWN),
    },
    misses: {
      issues: a.misses.issues + b.misses.issues,
      data: [...a.misses.data, ...b.misses.data].slice(0, SHOWN),
    },
    collisions: [...collisions.values()].sort((x, y) => y.issues - x.issues),
  };
}
