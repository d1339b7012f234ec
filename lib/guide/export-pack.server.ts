import { assertCan, type Viewer } from '../auth/viewer';
import { AppError } from '../errors';
import { NO_TRACK_RECORD } from '../knowledge/entry-dto';
import { PACK_FILE, type PackInfo } from '../knowledge/pack-schema';
import { archiveWithPictures } from './archive-pictures.server';
import { guideFiles } from './entry-file';
import { loadGuide } from './load-guide.server';

/** Entries as a pack for others: what is known, without how it fared here. @throws AppError `not_found` for no entries. */
export async function exportPack({
  viewer,
  info,
  filter,
  now,
}: {
  viewer: Viewer;
  info: PackInfo;
  filter: { ids?: string[]; category?: string; tag?: string };
  now: Date;
}): Promise<Uint8Array<ArrayBuffer>> {
  assertCan(viewer, 'read');
  const { ids, ...rest } = filter;
  const status = ids ? (['draft', 'in_review', 'published'] as const) : undefined;
  const { entries } = await loadGuide({ viewer, filter: { ...rest, status: status && [...status] }, now });
  const chosen = entries
    .filter(({ id }) => !ids || ids.includes(id))
    .map((entry) => ({ ...entry, disputed: false, external_id: null, track_record: NO_TRACK_RECORD }));
  if (chosen.length === 0) throw new AppError('not_found', 'No entry matches: a pack needs at least one.');
  const files = guideFiles({ title: info.title, entries: chosen, sections: [] });
  const manifest = { format: 'errata-pack', format_version: 1, ...info, entries: files.map(({ path }) => path) };
  return archiveWithPictures([{ path: PACK_FILE, text: `${JSON.stringify(manifest, null, 2)}\n` }, ...files]);
}
