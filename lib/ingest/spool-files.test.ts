import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSpool, type Spool, SpoolFull } from './spool-files.server';
import { encodeRecord, readRecords } from './spool-record.server';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'errata-spool-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const MEGABYTE = 1024 * 1024;

async function readAll(spool: Spool): Promise<string[]> {
  const texts: string[] = [];
  for (let segment = await spool.oldest(); segment; segment = await spool.oldest()) {
    for (const record of readRecords(await spool.read(segment))) {
      texts.push('text' in record ? record.text : `${record.broken} ${record.bytes}`);
    }
    await spool.remove(segment);
  }
  return texts;
}
const fileOf = (): string => join(folder, readdirSync(folder)[0]!);

describe('the spool', () => {
  it('gives back what was put in, in order, and then holds nothing', async () => {
    const spool = await openSpool(folder, MEGABYTE);
    await Promise.all([spool.append(['a', 'ü'.repeat(1000)]), spool.append(['']), spool.append(['{"x":1}'])]);
    expect(spool.bytes).toBeGreaterThan(2000);
    expect(await readAll(spool)).toEqual(['a', 'ü'.repeat(1000), '', '{"x":1}']);
    expect([spool.bytes, readdirSync(folder)]).toEqual([0, []]);
  });

  it('is found by the next process, which writes into a file of its own', async () => {
    const earlier = await openSpool(folder, MEGABYTE);
    await earlier.append(['first']);
    const next = await openSpool(folder, MEGABYTE);
    await next.append(['second']);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(await readAll(next)).toEqual(['first', 'second']);
    await earlier.close();
  });

  it('begins a new file after 8 MB', async () => {
    const spool = await openSpool(folder, 100 * MEGABYTE);
    for (let at = 0; at < 3; at++) await spool.append(['x'.repeat(5 * MEGABYTE)]);
    expect(readdirSync(folder)).toHaveLength(2);
    expect((await readAll(spool)).map((text) => text.length)).toEqual([5, 5, 5].map((n) => n * MEGABYTE));
  });

  it('takes what comes while it is read', async () => {
    const spool = await openSpool(folder, MEGABYTE);
    await spool.append(['before']);
    const segment = await spool.oldest();
    await spool.append(['meanwhile']);
    await spool.remove(segment!);
    expect(await readAll(spool)).toEqual(['meanwhile']);
  });

  it('refuses what is more than it may hold, all of it, and goes on with what fits', async () => {
    const spool = await openSpool(folder, 1000);
    await spool.append(['x'.repeat(500)]);
    await expect(spool.append(['y', 'y'.repeat(600)])).rejects.toBeInstanceOf(SpoolFull);
    await spool.append(['z']);
    expect(await readAll(spool)).toEqual(['x'.repeat(500), 'z']);
  });

  it('refuses when its folder cannot be written, and recovers', async () => {
    const spool = await openSpool(folder, MEGABYTE);
    rmSync(folder, { recursive: true });
    await expect(spool.append(['lost'])).rejects.toBeInstanceOf(SpoolFull);
    mkdirSync(folder);
    await spool.append(['kept']);
    expect(await readAll(spool)).toEqual(['kept']);
  });

  it('keeps others out of its files', async () => {
    chmodSync(folder, 0o755);
    const own = join(folder, 'spool');
    const spool = await openSpool(own, MEGABYTE);
    await spool.append(['secret']);
    await spool.close();
    const modes = [own, join(own, readdirSync(own)[0]!)].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600]);
  });
});

describe('a file of records', () => {
  async function write(...texts: string[]): Promise<void> {
    const spool = await openSpool(folder, MEGABYTE);
    await spool.append(texts);
    await spool.close();
  }

  it.each([1, 5, 11, 12, 15])(
    'loses only the record that a crash tore off, %i bytes before its end',
    async (missing) => {
      await write('one', 'two', 'three');
      truncateSync(fileOf(), readFileSync(fileOf()).length - missing);
      expect(await readAll(await openSpool(folder, MEGABYTE))).toEqual(['one', 'two', `torn ${17 - missing}`]);
    },
  );

  it('ends where zeros were never overwritten', async () => {
    await write('one');
    writeFileSync(fileOf(), Buffer.concat([readFileSync(fileOf()), Buffer.alloc(4096)]));
    expect(await readAll(await openSpool(folder, MEGABYTE))).toEqual(['one', 'torn 4096']);
  });

  it.each(['length', 'text', 'mark', 'checksum'])('loses only the record whose %s was changed', async (part) => {
    await write('one', 'two', 'three');
    const data = readFileSync(fileOf());
    const at = 15 + { mark: 1, length: 4, checksum: 9, text: 13 }[part as 'mark'];
    data[at] = data[at]! ^ 0x40;
    writeFileSync(fileOf(), data);
    expect(await readAll(await openSpool(folder, MEGABYTE))).toEqual(['one', 'damaged 15', 'three']);
  });

  it('tells a changed last record from a torn one', async () => {
    const data = Buffer.concat([encodeRecord('one'), encodeRecord('two')]);
    data[data.length - 1] = 0;
    expect([...readRecords(data)]).toEqual([{ text: 'one' }, { broken: 'damaged', bytes: 15 }]);
  });
});
