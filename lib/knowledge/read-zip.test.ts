import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readZip } from './read-zip';

const zip = (files: Record<string, string | Uint8Array>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, typeof text === 'string' ? strToU8(text) : text]),
    ),
  );

describe('readZip', () => {
  it('reads texts in order, and leaves anything else alone', () => {
    const files = {
      'b/é.md': 'B',
      'a.txt': 'A',
      'x.png': 'x',
      '.git/a.md': 'x',
      '__MACOSX/a.md': 'x',
      'n/node_modules/a.md': 'x',
    };
    expect(readZip(zip(files))).toEqual([
      { path: 'a.txt', text: 'A' },
      { path: 'b/é.md', text: 'B' },
    ]);
  });

  it.each(['../x.md', 'a/../../x.md', '/etc/x.md', 'C:\\x.md', '..\\x.md', 'a/..'.concat('/x.md')])(
    'refuses the path %s',
    (path) => {
      expect(() => readZip(zip({ [path]: 'x' }))).toThrow('leads out of it');
    },
  );

  it('refuses what unpacks to too much, before unpacking it', () => {
    const limits = { files: 3, bytes: 2_000_000, fileBytes: 1_048_576 };
    const zeros = new Uint8Array(1_048_576);
    expect(() => readZip(zip({ 'a.md': new Uint8Array(1_048_577) }), limits)).toThrow('larger than 1 MB');
    expect(() => readZip(zip({ 'a.md': zeros, 'b.md': zeros }), limits)).toThrow('unpacks to more than');
    expect(() => readZip(zip({ a: '', 'a.md': '', 'b.md': '', 'c.md': '', 'd.md': '' }), limits)).toThrow(
      'more than 3 files',
    );
    expect(readZip(zip({ 'a.md': zeros }))[0]?.text.length).toBe(1_048_576);
  });

  it('does not believe an archive that says it is small', () => {
    const bomb = zip({ 'a.md': new Uint8Array(1_000_000) });
    // The size stands twice: before the file and in the directory at the end.
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
    for (let at = 0; at + 4 <= bomb.length; at += 1)
      if (view.getUint32(at, true) === 1_000_000) view.setUint32(at, 10, true);
    let text = '';
    try {
      text = readZip(bomb)[0]?.text ?? '';
    } catch (error) {
      expect((error as Error).message).toContain('could not be read');
    }
    expect(text.length).toBeLessThanOrEqual(10);
  });

  it.each([new Uint8Array(), strToU8('PK nothing'), zip({ 'a.md': 'x'.repeat(1000) }).subarray(0, 60)])(
    'refuses what is no archive (%#)',
    (bytes) => {
      expect(() => readZip(bytes)).toThrow('could not be read');
    },
  );
});
