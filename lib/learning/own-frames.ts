import type { NormalizedEvent } from '../ingest/event-schema';
import { framePlace } from '../issues/stack-frames';
import type { FrameFact } from './draft-facts';

/** The application's own frames, the one that raised it first, each place once. */
export function ownFrames(event: NormalizedEvent): FrameFact[] {
  const seen = new Map<string, FrameFact>();
  for (const exception of [...(event.exceptions ?? [])].reverse())
    for (const frame of [...(exception.frames ?? [])].reverse()) {
      const file = framePlace(frame);
      const place = frame.lineno === undefined ? file : `${file}:${frame.lineno}`;
      if (frame.in_app && !seen.has(place)) seen.set(place, { place, file, name: frame.function ?? '<anonymous>' });
    }
  return [...seen.values()];
}

/** What one stack passes through and the other does not; a frame is its file and function, since lines move with every release. */
export function frameChanges(
  before: readonly FrameFact[],
  after: readonly FrameFact[],
): { gone: string[]; added: string[] } {
  const keyOf = ({ file, name }: FrameFact): string => `${file} ${name}`;
  const only = (these: readonly FrameFact[], those: readonly FrameFact[]) => {
    const known = new Set(those.map(keyOf));
    return these.filter((frame) => !known.has(keyOf(frame))).map(({ name, place }) => `${name} (${place})`);
  };
  return { gone: only(before, after), added: only(after, before) };
}
