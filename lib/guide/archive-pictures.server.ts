import { getDb } from '../db/client.server';
import { imageHash } from '../knowledge/image-type';
import { PICTURE_FOLDER, picturesIn, toArchiveLinks } from '../knowledge/picture-links';
import type { GuideFile } from './entry-file';
import { guideArchive } from './guide-archive';

/** A zip archive of these files with the pictures they show, linked so that they are seen in any folder it is unpacked to. */
export async function archiveWithPictures(files: readonly GuideFile[]): Promise<Uint8Array<ArrayBuffer>> {
  const names = picturesIn(files.map(({ text }) => text));
  const rows = await getDb().entryImage.findMany({
    where: { sha256: { in: names.flatMap((name) => imageHash(name) ?? []) } },
    select: { sha256: true, bytes: true },
  });
  const bytesOf = new Map(rows.map(({ sha256, bytes }) => [sha256, bytes]));
  const pictures = names.flatMap((name) => {
    const bytes = bytesOf.get(imageHash(name) ?? '');
    return bytes ? [{ name, bytes }] : [];
  });
  const known = new Set(pictures.map(({ name }) => name));
  return guideArchive(
    files.map(({ path, text }) => ({ path, text: toArchiveLinks(text, known) })),
    pictures.map(({ name, bytes }) => ({ path: `${PICTURE_FOLDER}${name}`, bytes })),
  );
}
