import type { EventException, Frame, NormalizedEvent } from '@/lib/ingest/event-schema';

/** An event for tests: a Java error of the service `shop` unless told otherwise. */
export function eventOf(fields: Partial<NormalizedEvent>): NormalizedEvent {
  return {
    id: '0'.repeat(32),
    timestamp: '2026-11-20T10:00:00.000Z',
    received_at: '2026-11-20T10:00:00.000Z',
    protocol: 'errors',
    platform: 'java',
    level: 'error',
    service: 'shop',
    environment: 'production',
    exceptions: [],
    tags: [],
    trimmed: [],
    ...fields,
  };
}

/** Frames from `module.function:line`, newest first as runtimes print them; a leading `~` marks foreign code. */
export function stack(...lines: string[]): Frame[] {
  return lines
    .map((line): Frame => {
      const own = !line.startsWith('~');
      const text = own ? line : line.slice(1);
      const [path = '', lineno] = text.split(':');
      const dot = path.lastIndexOf('.');
      return {
        module: path.slice(0, dot),
        function: path.slice(dot + 1),
        in_app: own,
        ...(lineno ? { lineno: Number(lineno) } : {}),
      };
    })
    .reverse();
}

/** An exception with frames as in `stack`. */
export const thrown = (type: string, value: string, ...lines: string[]): EventException => ({
  type,
  value,
  frames: stack(...lines),
});
