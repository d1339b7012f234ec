import { api, withQuery } from '@/lib/http/client';
import type { ImportReport } from '@/lib/knowledge/import-schema';

export interface ImportOptions {
  dryRun: boolean;
  publish: boolean;
}

/** Sends files to be imported, or only to be looked at. Rejects with `ApiError`. */
export function importFiles(files: readonly File[], { dryRun, publish }: ImportOptions): Promise<ImportReport> {
  const form = new FormData();
  for (const file of files) form.append('file', file, file.name);
  return api.post<ImportReport>(withQuery('/api/v1/knowledge/import', { dry_run: dryRun, publish }), form);
}

/** Adds files to those chosen before; a file of the same name takes the place of the earlier one. */
export function addFiles(chosen: readonly File[], added: readonly File[]): File[] {
  const names = new Set(added.map((file) => file.name));
  return [...chosen.filter((file) => !names.has(file.name)), ...added];
}
