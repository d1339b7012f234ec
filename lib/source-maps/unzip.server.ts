import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { AppError } from '../errors';
import { SOURCE_MAP_LIMITS } from './limits';

const PIECE = 64 * 1024;
const SCRIPT_TAIL = 4096;

export interface ArchiveFile {
  /** As the archive names it, with `/`. Never a path on this machine: files are kept by what is in them. */
  path: string;
  /** Of scripts the last 4 KiB alone, where they name their map and debug id. */
  bytes: Uint8Array;
}

const tooLarge = (what: string): AppError => new AppError('payload_too_large', `The archive holds ${what}.`);
const megabytes = (bytes: number): string => `${Math.floor(bytes / 1024 / 1024)} MiB`;

/** Collects what one file unpacks to. */
class Collected {
  readonly #tail: boolean;
  #chunks: Uint8Array[] = [];
  size = 0;

  constructor(tail: boolean) {
    this.#tail = tail;
  }

  add(chunk: Uint8Array): void {
    this.size += chunk.length;
    this.#chunks.push(chunk);
    if (this.#tail && this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks).subarray(-SCRIPT_TAIL)];
  }

  bytes(): Uint8Array {
    const all = Buffer.concat(this.#chunks);
    return this.#tail ? all.subarray(-SCRIPT_TAIL) : all;
  }
}

/** True for the files of an upload that matter; the others are not unpacked. */
const MATTERS = /(?:\.map|\.[cm]?js|\.jsbundle|\.bundle|(?:^|\/)manifest\.json)$/i;
const isScript = (path: string): boolean => !/\.(?:map|json)$/i.test(path);

/**
 * The files of a zip archive, one after the other, while others get their turn in between. What counts is what really
 * comes out, not what the archive says of itself; unpacking stops as soon as that is too much.
 * @throws AppError `bad_request`, `payload_too_large`.
 */
export async function unzip(archive: Uint8Array, take: (file: ArchiveFile) => Promise<void>): Promise<void> {
  const ready: ArchiveFile[] = [];
  let files = 0;
  let total = 0;
  let failure: unknown;
  const open = (file: UnzipFile): void => {
    if (++files > SOURCE_MAP_LIMITS.files) throw tooLarge(`more than ${SOURCE_MAP_LIMITS.files} files`);
    const path = file.name.replaceAll('\\', '/');
    if (path.endsWith('/') || !MATTERS.test(path)) return;
    const collected = new Collected(isScript(path));
    file.ondata = (error, chunk, final) => {
      if (error) throw error;
      total += chunk.length;
      collected.add(chunk);
      if (total > SOURCE_MAP_LIMITS.expanded) throw tooLarge(`more than ${megabytes(SOURCE_MAP_LIMITS.expanded)}`);
      if (!isScript(path) && collected.size > SOURCE_MAP_LIMITS.map)
        throw tooLarge(`a map larger than ${megabytes(SOURCE_MAP_LIMITS.map)}: ${path.slice(0, 200)}`);
      if (final) ready.push({ path, bytes: collected.bytes() });
    };
    file.start();
  };
  const reader = new Unzip((file) => {
    try {
      open(file);
    } catch (error) {
      failure ??= error;
    }
  });
  reader.register(UnzipInflate);
  for (let at = 0; at < archive.length || at === 0; at += PIECE) {
    try {
      reader.push(archive.subarray(at, at + PIECE), at + PIECE >= archive.length);
    } catch (error) {
      failure ??= error;
    }
    if (failure instanceof AppError) throw failure;
    if (failure) throw new AppError('bad_request', 'The zip archive is damaged.', { cause: failure });
    for (const file of ready.splice(0)) await take(file);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (files === 0) throw new AppError('bad_request', 'This is no zip archive, or there is nothing in it.');
}
