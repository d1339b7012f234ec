import type { Frame } from '@/lib/ingest/event-schema';
import { originless, parseDebugId } from './minified-url';

/** What a stack's frames ask of the maps. Pure. */

/** The parts of an event, stored or on its way, that mapping reads and changes. */
export interface MappableEvent {
  platform?: string;
  release?: string;
  dist?: string;
  exceptions: { frames?: Frame[] }[];
  threads?: { frames: Frame[] }[];
  debug_meta?: Record<string, unknown>;
}

/** Frames of one event that are looked at, the throwing ends of its stacks first. */
const MAX_FRAMES = 400;
const JAVASCRIPT = new Set(['javascript', 'node']);
const NO_SCRIPT =
  /^(?:node:|internal\/|native$|\[native code\]|<|wasm:|(?:chrome|moz|safari(?:-web)?|ms-browser)-extension:)/;

const scriptOf = (frame: Frame): string => frame.abs_path ?? frame.filename ?? '';

/** A place in a script, not mapped yet. */
export function isMappable(frame: Frame, platform = 'other'): boolean {
  if (!JAVASCRIPT.has(frame.platform ?? platform) || frame.minified) return false;
  if (frame.lineno === undefined || frame.colno === undefined) return false;
  const script = scriptOf(frame);
  return script !== '' && !NO_SCRIPT.test(script);
}

/** Debug ids by script, as the SDK sends them: `debug_meta.images[] {type: sourcemap, code_file, debug_id}`. */
export function debugIds({ debug_meta }: MappableEvent): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const images = debug_meta?.images;
  for (const image of Array.isArray(images) ? images.slice(0, 1000) : []) {
    if (typeof image !== 'object' || image === null || image.type !== 'sourcemap') continue;
    const id = parseDebugId(image.debug_id);
    if (id && typeof image.code_file === 'string') ids.set(image.code_file, id);
  }
  return ids;
}

/** A frame to be mapped, with where it stands. */
export interface MappableFrame {
  /** What has the stack: events may share one, though their scripts are not of one release. */
  holder: { frames?: Frame[] };
  stack: readonly Frame[];
  at: number;
  /** As the frame names it, and without origin. */
  script: string;
  url: string;
  debugId: string | null;
}

export function mappableFrames(event: MappableEvent): MappableFrame[] {
  const holders: { frames?: Frame[] }[] = [...event.exceptions, ...(event.threads ?? [])];
  const found: MappableFrame[] = [];
  let ids: ReadonlyMap<string, string> | undefined;
  for (const holder of holders) {
    const stack = holder.frames ?? [];
    for (let at = stack.length - 1; at >= 0 && found.length < MAX_FRAMES; at--) {
      const frame = stack[at]!;
      if (!isMappable(frame, event.platform)) continue;
      ids ??= debugIds(event);
      const script = scriptOf(frame);
      found.push({ holder, stack, at, script, url: originless(script), debugId: ids.get(script) ?? null });
    }
  }
  return found;
}

const HASHED = /[.-](?=[a-zA-Z_-]{0,40}\d)[0-9a-zA-Z_-]{6,64}\.[cm]?js$|\.min\.[cm]?js$/;
const WIDE = 250;

/** Whether a script looks as a bundler or minifier leaves it. */
export const looksMinified = ({ stack, at, url, debugId }: MappableFrame): boolean =>
  debugId !== null || (stack[at]!.colno ?? 0) > WIDE || HASHED.test(url);
