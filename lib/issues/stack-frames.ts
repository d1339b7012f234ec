import type { EventException, Frame } from '../ingest/event-schema';

/** One after the other as they are shown: single frames, and runs of library frames that fold. */
export type FrameGroup = { kind: 'frame'; frame: Frame } | { kind: 'folded'; frames: Frame[] };

/** Shorter runs are not worth a click. */
const LEAST_FOLD = 2;

/** Throwing frame first; runs of library frames fold unless all are asked for, or none is the application's own. */
export function groupFrames(frames: readonly Frame[], all: boolean): FrameGroup[] {
  const newestFirst = [...frames].reverse();
  if (all || !frames.some((frame) => frame.in_app)) return newestFirst.map((frame) => ({ kind: 'frame', frame }));
  const groups: FrameGroup[] = [];
  for (const frame of newestFirst) {
    const last = groups.at(-1);
    if (frame.in_app) groups.push({ kind: 'frame', frame });
    else if (last?.kind === 'folded') last.frames.push(frame);
    else groups.push({ kind: 'folded', frames: [frame] });
  }
  return groups.flatMap((group) =>
    group.kind === 'folded' && group.frames.length < LEAST_FOLD
      ? group.frames.map((frame) => ({ kind: 'frame' as const, frame }))
      : [group],
  );
}

/** `app/charge.py`. */
export const framePlace = (frame: Frame): string => frame.filename ?? frame.abs_path ?? frame.module ?? '<unknown>';

/** `app/charge.py:41:7`. */
export function frameLocation(frame: Frame): string {
  const column = frame.colno === undefined ? '' : `:${frame.colno}`;
  return frame.lineno === undefined ? framePlace(frame) : `${framePlace(frame)}:${frame.lineno}${column}`;
}

/** `t in https://shop.example/app.js:1:8123`: where a frame stood before a source map told where it was written. */
export const minifiedPlace = ({ function: name, ...place }: NonNullable<Frame['minified']>): string =>
  `${name ? `${name} in ` : ''}${frameLocation(place)}`;

/** The lines around the one that failed, with their numbers; empty without source. */
export function sourceLines(frame: Frame): { number: number | null; text: string; failed: boolean }[] {
  if (frame.context_line === undefined) return [];
  const before = frame.pre_context ?? [];
  const first = frame.lineno === undefined ? null : frame.lineno - before.length;
  return [...before, frame.context_line, ...(frame.post_context ?? [])].map((text, index) => ({
    number: first === null ? null : first + index,
    text,
    failed: index === before.length,
  }));
}

/** What was thrown: `TimeoutError: pool exhausted`. */
export const exceptionTitle = ({ type, value }: EventException): string =>
  [type, value].filter(Boolean).join(': ') || 'Unnamed exception';

/** Exceptions and their frames as plain text, the raised one first, as a ticket or a search wants them. */
export function exceptionsAsText(exceptions: readonly EventException[]): string {
  return [...exceptions]
    .reverse()
    .map((exception, index) => {
      const title = `${index > 0 ? 'Caused by: ' : ''}${exceptionTitle(exception)}`;
      const frames = groupFrames(exception.frames ?? [], true).flatMap((group) =>
        group.kind === 'frame'
          ? [`    at ${group.frame.function ?? '<anonymous>'} (${frameLocation(group.frame)})`]
          : [],
      );
      const raw = frames.length === 0 && exception.raw_stack ? [exception.raw_stack] : [];
      return [title, ...frames, ...raw].join('\n');
    })
    .join('\n');
}
