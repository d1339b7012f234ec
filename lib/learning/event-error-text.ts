import type { Frame, NormalizedEvent } from '../ingest/event-schema';
import type { ErrorText } from '../search/error-features';

const FRAMES = 40;

/** What matching asks about an event: the raised exception first, its causes after it, the frames nearest the error, the service. */
export function eventErrorText(event: NormalizedEvent): ErrorText {
  const raised = [...(event.exceptions ?? [])].reverse();
  const described = raised.map(({ type, value }) => [type, value].filter(Boolean).join(': ')).filter(Boolean);
  const frames = raised.flatMap((exception) => [...(exception.frames ?? [])].reverse()).slice(0, FRAMES);
  const raw = raised.map((exception) => exception.raw_stack ?? '').filter(Boolean);
  return {
    error_message: [...described, event.message ?? ''].filter(Boolean).join('\n'),
    stack_trace: [...frames.map(frameLine), ...raw].join('\n'),
    service: event.service,
  };
}

const frameLine = (frame: Frame): string =>
  `    at ${[frame.module, frame.function].filter(Boolean).join('.') || '?'} (${frame.filename ?? ''}:${frame.lineno ?? 0})`;
