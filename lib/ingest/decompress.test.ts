import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { DECODERS, TooLarge } from './decompress.server';

const MEGABYTE = 1024 * 1024;
const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const decode = (encoding: string, data: Buffer, most = 64 * MEGABYTE): Promise<Buffer> =>
  DECODERS[encoding]!(data, { most, take: () => {} });

const SMALL = Buffer.from('{"message":"hé"}'.repeat(20));
const LARGE = Buffer.from(Array.from({ length: 40_000 }, () => randomBytes(8).toString('hex')).join('\n'));

it.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', (data: Buffer) => brotliCompressSync(data, FAST)],
] as const)('expands %s, small and large', async (encoding, compress) => {
  for (const data of [SMALL, LARGE]) expect((await decode(encoding, compress(data))).equals(data)).toBe(true);
});

// `zstd` of: seven bytes with and without their size in the header; two frames with a skippable one between them.
const ZSTD = Buffer.from('KLUv/QRYOQAAeyJhIjoxfV6ZCxI=', 'base64');

it('expands zstd, also in several frames', async () => {
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]);
  expect((await decode('zstd', ZSTD)).toString()).toBe('{"a":1}');
  expect((await decode('zstd', Buffer.concat([ZSTD, skippable, ZSTD]))).toString()).toBe('{"a":1}{"a":1}');
});

/** A frame of `blocks` times 128 KiB of the same byte, four bytes each: 32,768 times as large as it is. */
function zstdBomb(blocks: number, windowDescriptor = 0x38): Buffer {
  const block = (last: boolean): number[] => {
    const header = (128 * 1024 * 8) | 2 | (last ? 1 : 0);
    return [header & 255, (header >> 8) & 255, (header >> 16) & 255, 65];
  };
  const body = Array.from({ length: blocks }, (_, at) => block(at === blocks - 1)).flat();
  return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, windowDescriptor, ...body]);
}

it('expands runs of one byte in zstd', async () => {
  const out = await decode('zstd', zstdBomb(3));
  expect([out.length, out[0], out.at(-1)]).toEqual([3 * 128 * 1024, 65, 65]);
});

it('stops a bomb early, with flat memory', async () => {
  const bombs: [string, Buffer][] = [
    // A gigabyte in as many members of a megabyte each.
    ['gzip', Buffer.concat(Array(1024).fill(gzipSync(Buffer.alloc(MEGABYTE), { level: 9 })))],
    ['gzip', gzipSync(Buffer.alloc(24 * MEGABYTE))],
    ['br', brotliCompressSync(Buffer.alloc(64 * MEGABYTE), FAST)],
    ['zstd', zstdBomb(8000)],
  ];
  const before = process.memoryUsage();
  for (const [encoding, bomb] of bombs) await expect(decode(encoding, bomb), encoding).rejects.toThrow(TooLarge);
  const after = process.memoryUsage();
  const grown = after.heapUsed + after.external - before.heapUsed - before.external;
  expect(grown / MEGABYTE).toBeLessThan(48);
});

it('refuses a zstd frame that claims a window of gigabytes, and anything corrupt', async () => {
  await expect(decode('zstd', zstdBomb(1, 0xf8))).rejects.toThrow(TooLarge);
  const cut = ZSTD.subarray(0, -5);
  const gzip = gzipSync(LARGE);
  for (const [encoding, data] of [
    ['zstd', cut],
    ['zstd', SMALL],
    ['gzip', SMALL],
    ['gzip', gzip.subarray(0, -20)],
    ['gzip', gzip.subarray(0, 100)],
    ['gzip', Buffer.concat([gzip.subarray(0, 60_000), Buffer.alloc(60_000, 7)])],
    ['deflate', SMALL],
    ['br', LARGE],
  ] as const) {
    await expect(decode(encoding, data), encoding).rejects.toThrow();
  }
});
