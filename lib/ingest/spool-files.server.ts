import { type FileHandle, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRecord } from './spool-record.server';

/** The spool takes no more: it has reached its size, or the disk is full or fails. Nothing of the call was kept. */
export class SpoolFull extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'SpoolFull';
  }
}

/** One file of records, no longer written to. */
export interface Segment {
  path: string;
  bytes: number;
}

export interface Spool {
  /** Bytes on disk that wait. */
  readonly bytes: number;
  readonly maxBytes: number;
  /** Resolves once all of them are on disk to stay. @throws SpoolFull */
  append(texts: readonly string[]): Promise<void>;
  /** The oldest file; null when nothing waits. What is being written is closed for it when there is no other. */
  oldest(): Promise<Segment | null>;
  read(segment: Segment): Promise<Buffer>;
  /** Forgets a file whose events are all stored. */
  remove(segment: Segment): Promise<void>;
  /** Keeps aside what can never be stored, for somebody to look at. */
  setAside(text: string): Promise<void>;
  /** Lets go of the file that is written to; the next `append` begins another. */
  close(): Promise<void>;
}

const SEGMENT_BYTES = 8 * 1024 * 1024;
const NAME = /^(\d{12})\.spool$/;
const ASIDE = 'aside.spool';

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

interface Writing extends Segment {
  handle: FileHandle;
}

async function listSegments(folder: string): Promise<Segment[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { path, bytes: (await stat(path)).size };
    }),
  );
}

/**
 * An append-only store of texts in files of about 8 MB. A file is written by one process only: the next one starts a new
 * file, so that what a crash tore off stands at the end of a file. `maxBytes` bounds all files together.
 */
export async function openSpool(folder: string, maxBytes: number): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const sealed = await listSegments(folder);
  const last = NAME.exec(sealed.at(-1)?.path.slice(-18) ?? '')?.[1];
  let number = Number(last ?? 0);
  let bytes = sealed.reduce((sum, segment) => sum + segment.bytes, 0);
  let writing: Writing | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** One at a time, in the order of the calls. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };

  async function begin(): Promise<Writing> {
    number += 1;
    const path = join(folder, `${String(number).padStart(12, '0')}.spool`);
    const file = { path, bytes: 0, handle: await open(path, 'wx', 0o600) };
    writing = file;
    // The file's name has to survive too.
    await syncFolder(folder);
    return file;
  }

  async function seal(): Promise<void> {
    if (!writing) return;
    const { handle, ...segment } = writing;
    writing = null;
    await handle.close().catch(() => {});
    if (segment.bytes > 0) sealed.push(segment);
    else await rm(segment.path, { force: true });
  }

  async function write(data: Buffer): Promise<void> {
    const file = writing ?? (await begin());
    try {
      let written = 0;
      while (written < data.length) {
        const step = await file.handle.write(data, written, data.length - written, file.bytes + written);
        written += step.bytesWritten;
      }
      await file.handle.datasync();
    } catch (error) {
      // Half of it must not come to life after the caller was told that nothing was kept.
      await file.handle.truncate(file.bytes).catch(() => {});
      throw error;
    }
    file.bytes += data.length;
    bytes += data.length;
  }

  return {
    get bytes() {
      return bytes;
    },
    maxBytes,
    append: (texts) =>
      inTurn(async () => {
        const data = Buffer.concat(texts.map(encodeRecord));
        if (bytes + data.length > maxBytes) throw new SpoolFull(`The spool holds its ${maxBytes} bytes.`);
        try {
          await write(data);
          if (writing && writing.bytes >= SEGMENT_BYTES) await seal();
        } catch (error) {
          await seal();
          throw new SpoolFull(`The spool in ${folder} cannot be written.`, error);
        }
      }),
    oldest: () =>
      inTurn(async () => {
        if (sealed.length === 0) await seal();
        return sealed[0] ?? null;
      }),
    read: (segment) => readFile(segment.path),
    remove: (segment) =>
      inTurn(async () => {
        await rm(segment.path, { force: true });
        const at = sealed.indexOf(segment);
        if (at === -1) return;
        sealed.splice(at, 1);
        bytes -= segment.bytes;
      }),
    close: () => inTurn(seal),
    setAside: (text) =>
      inTurn(async () => {
        const handle = await open(join(folder, ASIDE), 'a', 0o600);
        try {
          await handle.appendFile(encodeRecord(text));
          await handle.datasync();
        } finally {
          await handle.close();
        }
      }),
  };
}
