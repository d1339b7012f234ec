import { AppError } from '../errors';
import type { EntryContent } from './entry-schema';
import { itemsOfDocument } from './import-items';
import { PACK_FILE, PACK_LIMITS, type PackInfo, packManifestSchema } from './pack-schema';
import { fromArchiveLinks } from './picture-links';
import { readZip, ZipError } from './read-zip';

export interface Pack {
  info: PackInfo;
  /** `key` is the same in every version of the pack. `content` null: `errors` say why. */
  entries: { key: string; title: string; content: EntryContent | null; errors: string[] }[];
}

/** Reads a pack. One bad entry does not spoil it. @throws AppError `bad_request` with what is wrong with the archive. */
export function readPack(bytes: Uint8Array): Pack {
  const files = new Map(readFiles(bytes).map(({ path, text }) => [path, fromArchiveLinks(text)]));
  const manifest = readManifest(files.get(PACK_FILE));
  const keys = new Set<string>();
  const entries = manifest.entries.map((path) => {
    const text = files.get(path);
    const item = text === undefined ? undefined : itemsOfDocument(path, text).items[0];
    const number = item?.restored?.number;
    const key = number ? `ERROR-${number}` : path;
    const errors = item ? item.errors.map(({ field, message }) => `${field}: ${message}`) : ['no entry in this file'];
    if (keys.has(key)) errors.push(`${key} is in the pack twice`);
    keys.add(key);
    return { key, title: item?.title ?? path, content: errors.length > 0 ? null : (item?.content ?? null), errors };
  });
  const { format: _format, format_version: _version, entries: _entries, ...info } = manifest;
  return { info, entries };
}

function readFiles(bytes: Uint8Array) {
  if (bytes.length > PACK_LIMITS.bytes)
    throw new AppError('payload_too_large', `A pack may have ${PACK_LIMITS.bytes / 1024 / 1024} MB.`);
  try {
    return readZip(bytes);
  } catch (cause) {
    if (!(cause instanceof ZipError)) throw cause;
    throw new AppError('bad_request', cause.message, { cause });
  }
}

function readManifest(text: string | undefined) {
  if (text === undefined) throw new AppError('bad_request', `This is no pack: there is no ${PACK_FILE} in it.`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad_request', `${PACK_FILE} is not valid JSON.`, { cause });
  }
  const parsed = packManifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('bad_request', `${PACK_FILE}: ${issue?.path.join('.')}: ${issue?.message}`);
}
