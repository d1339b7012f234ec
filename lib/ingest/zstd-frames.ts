/** A frame of Zstandard (RFC 8878) within a body, found without decompressing it. */
export interface ZstdFrame {
  start: number;
  end: number;
  /** Bytes the decoder has to hold to decode it. */
  window: number;
  /** More bytes than this it cannot expand to. */
  most: number;
}

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const BLOCK = 128 * 1024;

/** Header of the frame at `start`; null when it is none. */
function readFrameHeader(bytes: Buffer, start: number): { length: number; window: number; checksum: boolean } | null {
  if (bytes.length < start + 6) return null;
  const flags = bytes[start + 4]!;
  const single = (flags & 32) !== 0;
  const dictionary = [0, 1, 2, 4][flags & 3]!;
  const sizeField = [single ? 1 : 0, 2, 4, 8][flags >> 6]!;
  const sizeAt = start + (single ? 5 : 6) + dictionary;
  if (bytes.length < sizeAt + sizeField) return null;
  let window: number;
  if (single) {
    window = bytes.readUIntLE(sizeAt, Math.min(sizeField, 6));
    if (sizeField === 8 && bytes.readUInt16LE(sizeAt + 6) > 0) return null;
    if (sizeField === 2) window += 256;
  } else {
    const base = 2 ** (10 + (bytes[start + 5]! >> 3));
    window = base + (base / 8) * (bytes[start + 5]! & 7);
  }
  return { length: sizeAt + sizeField - start, window, checksum: (flags & 4) !== 0 };
}

/** Walks the blocks of the frame at `start`; null when it is cut off or no frame. */
function readFrame(bytes: Buffer, start: number): ZstdFrame | null {
  const header = readFrameHeader(bytes, start);
  if (!header) return null;
  let at = start + header.length;
  let most = 0;
  for (let last = false; !last; ) {
    if (bytes.length < at + 3) return null;
    const block = bytes.readUIntLE(at, 3);
    last = (block & 1) === 1;
    const kind = (block >> 1) & 3;
    const size = block >> 3;
    if (kind === 3) return null;
    most += kind === 2 ? BLOCK : size;
    at += 3 + (kind === 1 ? 1 : size);
  }
  const end = at + (header.checksum ? 4 : 0);
  return end <= bytes.length ? { start, end, window: header.window, most } : null;
}

/** The frames of a body in order, without the skippable ones; null when it is no Zstandard or cut off. */
export function zstdFrames(bytes: Buffer): ZstdFrame[] | null {
  const frames: ZstdFrame[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length < at + 8) return null;
    const magic = bytes.readUInt32LE(at);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      at += 8 + bytes.readUInt32LE(at + 4);
      continue;
    }
    const frame = magic === MAGIC ? readFrame(bytes, at) : null;
    if (!frame) return null;
    frames.push(frame);
    at = frame.end;
  }
  return frames;
}
