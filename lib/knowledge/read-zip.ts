import { strFromU8, unzipSync } from 'fflate';

/** What an archive may hold; far more than any knowledge base of text, far less than a bomb. */
export const ZIP_LIMITS = { files: 5000, bytes: 64 * 1024 * 1024, fileBytes: 16 * 1024 * 1024 } as const;

export type ZipLimits = Record<keyof typeof ZIP_LIMITS, number>;

export interface ZippedText {
  /** Path inside the archive. */
  path: string;
  text: string;
}

/** A picture that an export of ours put beside its texts. */
export interface ZippedPicture {
  /** `<sha256>.png`, as the archive says. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export class ZipError extends Error {}

const WANTED = /\.(?:md|markdown|mdx|txt|json)$/i;
const PICTURE = /^(?:.*\/)?images\/([0-9a-f]{64}\.(?:png|jpg|gif|webp))$/;
const LEADS_OUT = /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\0/;
const HIDDEN = /(?:^|\/)(?:\.|__MACOSX\/|node_modules\/)/;

/**
 * The texts of a zip archive, in order of path. Paths are only names: nothing is ever written under them, and one that leaves
 * the archive is refused. What the archive says of its sizes is checked before anything is unpacked.
 * @throws ZipError with a sentence for people.
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): ZippedText[] {
  return unpack(bytes, WANTED, limits)
    .map(([path, content]) => ({ path: path.replaceAll('\\', '/'), text: strFromU8(content) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The pictures of an archive. @throws ZipError as `readZip` does. */
export const readZipPictures = (bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): ZippedPicture[] =>
  unpack(bytes, PICTURE, limits).map(([path, content]) => ({
    name: PICTURE.exec(path)![1]!,
    bytes: new Uint8Array(content),
  }));

function unpack(bytes: Uint8Array, wanted: RegExp, limits: ZipLimits): [string, Uint8Array][] {
  let files = 0;
  let total = 0;
  let refused: string | null = null;
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (refused === null && LEADS_OUT.test(name))
          refused = `The archive holds ${JSON.stringify(name.slice(0, 200))}, a path that leads out of it.`;
        if (refused !== null || !wanted.test(name) || HIDDEN.test(name)) return false;
        files += 1;
        total += originalSize;
        refused = refusal({ name, size: originalSize, files, total }, limits);
        return refused === null;
      },
    });
  } catch {
    throw new ZipError('The zip archive could not be read.');
  }
  if (refused !== null) throw new ZipError(refused);
  return Object.entries(unpacked);
}

function refusal(
  { name, size, files, total }: { name: string; size: number; files: number; total: number },
  limits: ZipLimits,
): string | null {
  const shown = JSON.stringify(name.slice(0, 200));
  if (files > limits.files) return `The archive holds more than ${limits.files} files.`;
  if (size > limits.fileBytes) return `${shown} is larger than ${megabytes(limits.fileBytes)}.`;
  if (total > limits.bytes) return `The archive unpacks to more than ${megabytes(limits.bytes)}.`;
  return null;
}

const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`;
