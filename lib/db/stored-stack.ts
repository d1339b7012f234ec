/** How the row of an event names a stack that is stored once. Pure. */
import type { Frame, NormalizedEvent } from '../ingest/event-schema';

/** A stack as it is stored: its text, and the frames of each exception that was read from it. */
export interface StackBody {
  text: string;
  frames: readonly (readonly Frame[])[];
}

/**
 * What stands in `data` where the frames of an exception belong. Frames are a list there, and nothing that was sent can
 * make them a text.
 */
export const framesReference = (hash: string, place: number): string => `${hash}/${place}`;

const FRAMES = /^([0-9a-f]{32})\/(\d+)$/;
/** No JSON text begins with it. */
const MARK = '@';
const HASH_LENGTH = 32;
const RAW_START = MARK.length + HASH_LENGTH;

/** `raw` without the text of its stack. @param json what was sent, with null as its `stack_trace`. */
export const rawReference = (hash: string, json: string): string => `${MARK}${hash}${json}`;

interface StoredEvent {
  data: NormalizedEvent | null;
  raw?: string | null;
}

/** The exceptions of an event whose frames lie elsewhere, and where. */
function* references({ data }: StoredEvent) {
  for (const exception of data?.exceptions ?? []) {
    const frames: unknown = exception.frames;
    const found = typeof frames === 'string' ? FRAMES.exec(frames) : null;
    if (found) yield { exception, hash: found[1]!, place: Number(found[2]) };
  }
}

const rawHash = (raw: string | null | undefined): string | null =>
  raw?.startsWith(MARK) ? raw.slice(MARK.length, RAW_START) : null;

/** Hashes of the stacks that the rows of events name. */
export function namedStacks(events: readonly StoredEvent[]): string[] {
  const hashes = new Set<string>();
  for (const event of events) {
    for (const { hash } of references(event)) hashes.add(hash);
    const hash = rawHash(event.raw);
    if (hash) hashes.add(hash);
  }
  return [...hashes];
}

/** Puts the frames of an event back, in place. Where their stack is gone, there are none. */
export function restoreFrames(event: StoredEvent, bodies: ReadonlyMap<string, StackBody>): void {
  for (const { exception, hash, place } of references(event)) {
    const frames = bodies.get(hash)?.frames[place];
    if (frames) exception.frames = [...frames];
    else delete exception.frames;
  }
}

/** What the client sent, whole. */
export function readRaw(raw: string, bodies: ReadonlyMap<string, StackBody>): unknown {
  const hash = rawHash(raw);
  if (!hash) return JSON.parse(raw);
  const sent = JSON.parse(raw.slice(RAW_START)) as Record<string, unknown>;
  sent.stack_trace = bodies.get(hash)?.text ?? null;
  return sent;
}
