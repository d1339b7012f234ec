import { createHash } from 'node:crypto';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { IMAGE_LIMIT, IMAGE_PATH, IMAGE_TYPES, imageHash, sniffImage } from './image-type';
import type { ZippedPicture } from './read-zip';

/**
 * Keeps a picture and answers its address for Markdown. The same bytes are kept once.
 * @throws AppError `unsupported_media_type` unless the bytes are a PNG, JPEG, GIF or WebP.
 */
export async function addImage({
  viewer,
  bytes,
  now,
}: {
  viewer: Viewer;
  bytes: Uint8Array;
  now: Date;
}): Promise<{ url: string; content_type: string; size: number }> {
  assertCan(viewer, 'write');
  const type = sniffImage(bytes);
  if (!type) throw new AppError('unsupported_media_type', 'This is no picture: expected a PNG, JPEG, GIF or WebP.');
  const sha256 = hashOf(bytes);
  const contentType = IMAGE_TYPES[type];
  await getDb().entryImage.createMany({
    data: [
      {
        sha256,
        contentType,
        size: bytes.byteLength,
        bytes: new Uint8Array(bytes),
        createdBy: viewer.userId,
        createdAt: now,
      },
    ],
    skipDuplicates: true,
  });
  return { url: `${IMAGE_PATH}${sha256}.${type}`, content_type: contentType, size: bytes.byteLength };
}

/** Keeps the pictures of an archive that are what they are named after and no larger than any other; the rest stay away. */
export async function keepPictures(viewer: Viewer, pictures: readonly ZippedPicture[], now: Date): Promise<void> {
  for (const { name, bytes } of pictures) {
    if (bytes.byteLength > IMAGE_LIMIT || sniffImage(bytes) === null || imageHash(name) !== hashOf(bytes)) continue;
    await addImage({ viewer, bytes, now });
  }
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @throws AppError `not_found`. */
export async function readImage({
  viewer,
  name,
}: {
  viewer: Viewer;
  name: string;
}): Promise<{ bytes: Uint8Array<ArrayBuffer>; contentType: string }> {
  assertCan(viewer, 'read');
  const sha256 = imageHash(name);
  const row = sha256 === null ? null : await getDb().entryImage.findUnique({ where: { sha256 } });
  if (!row) throw notFound('picture', name);
  return { bytes: new Uint8Array(row.bytes), contentType: row.contentType };
}
