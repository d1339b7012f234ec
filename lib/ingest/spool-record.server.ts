import { crc32 } from 'node:zlib';

// The first byte never occurs in UTF-8, so no text of an event can be taken for the start of a record.
const MARK = Buffer.from([0xff, 0x45, 0x52, 0x31]);
/** Mark, length of the text in bytes, checksum over length and text; both unsigned 32 bits, little-endian. */
const HEADER = 12;

const checksum = (length: Buffer, text: Buffer): number => crc32(text, crc32(length));

/** A text as a record of the spool. */
export function encodeRecord(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const record = Buffer.allocUnsafe(HEADER + length);
  MARK.copy(record);
  record.writeUInt32LE(length, 4);
  record.write(text, HEADER);
  record.writeUInt32LE(checksum(record.subarray(4, 8), record.subarray(HEADER)), 8);
  return record;
}

/** `torn`: the end of the file, cut off while it was written. `damaged`: whole once, changed since. */
export type SpoolRecord = { text: string } | { broken: 'torn' | 'damaged'; bytes: number };

/** End of the record that starts at `at`; undefined when there is no whole one. */
function endOfRecord(data: Buffer, at: number): number | undefined {
  if (at + HEADER > data.length || MARK.compare(data, at, at + 4) !== 0) return undefined;
  const end = at + HEADER + data.readUInt32LE(at + 4);
  if (end > data.length) return undefined;
  const sum = checksum(data.subarray(at + 4, at + 8), data.subarray(at + HEADER, end));
  return sum === data.readUInt32LE(at + 8) ? end : undefined;
}

function findRecord(data: Buffer, from: number): number | undefined {
  for (let at = data.indexOf(MARK, from); at !== -1; at = data.indexOf(MARK, at + 1)) {
    if (endOfRecord(data, at) !== undefined) return at;
  }
  return undefined;
}

/** Whether what stands at `at`, to the end of the file, has the length it should have. */
function isComplete(data: Buffer, at: number): boolean {
  return at + HEADER <= data.length && at + HEADER + data.readUInt32LE(at + 4) === data.length;
}

/** The records of a file in order. What is broken is told once and stepped over, to the next whole record. */
export function* readRecords(data: Buffer): Generator<SpoolRecord> {
  let at = 0;
  while (at < data.length) {
    const end = endOfRecord(data, at);
    if (end !== undefined) {
      yield { text: data.toString('utf8', at + HEADER, end) };
      at = end;
      continue;
    }
    const next = findRecord(data, at + 1);
    const broken = next === undefined && !isComplete(data, at) ? 'torn' : 'damaged';
    yield { broken, bytes: (next ?? data.length) - at };
    at = next ?? data.length;
  }
}
