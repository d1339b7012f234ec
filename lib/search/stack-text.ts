import type { Frame, NormalizedEvent } from '../ingest/event-schema';

/** An issue is found by so much of its stack. */
export const MAX_STACK_TEXT = 4000;

/** Longer lines are minified code, which nobody searches for. */
const MAX_LINE = 300;

const linesOf = (frame: Frame): string[] => [
  [frame.module, frame.function, frame.filename].filter(Boolean).join(' '),
  ...[...(frame.pre_context ?? []), frame.context_line ?? '', ...(frame.post_context ?? [])],
];

/**
 * What a search may find in the stacks of an event: functions, modules and files of all frames, and the source around
 * them, each line once. Where that is too much, what lies nearest to the error stays.
 */
export function stackText(event: NormalizedEvent): string {
  const kept = new Set<string>();
  let length = 0;
  for (const exception of [...event.exceptions].reverse()) {
    const frames = [...(exception.frames ?? [])].reverse();
    for (const line of [
      ...frames.flatMap(linesOf),
      ...(exception.raw_stack?.slice(0, MAX_STACK_TEXT).split('\n') ?? []),
    ]) {
      const text = line.trim().slice(0, MAX_LINE);
      if (!text || kept.has(text)) continue;
      length += text.length + 1;
      if (length > MAX_STACK_TEXT) return [...kept].join('\n');
      kept.add(text);
    }
  }
  return [...kept].join('\n');
}
