import { warmEntryIndex } from '@/lib/search/entry-index.server';

/** Next calls this once: while it gets ready, or with its first request. pages-process.mjs says when there is a database. */
export function register(): void {
  const { errataDatabaseKnown } = globalThis as typeof globalThis & { errataDatabaseKnown?: Promise<unknown> };
  void Promise.resolve(errataDatabaseKnown).then(warmEntryIndex);
}
