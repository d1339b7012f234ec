import { warmEntryIndex } from '@/lib/search/entry-index.server';

/** Next calls this once, before its first answer; pages-process.mjs asks for one as soon as the database is known. */
export function register(): void {
  void warmEntryIndex();
}
