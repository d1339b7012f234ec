/** Exceptions, threads and frames of Sentry's payloads under our names. Pure. */
import type { EventException, Frame, NormalizedEvent } from '../event-schema';
import { LIMITS } from '../limits';
import { markInApp } from '../stack-traces/in-app';
import { isObject } from './report-fields';
import { anyText, booleanOf, integerOf, textOf, valuesOf } from './sentry-values';

const isString = (value: unknown): value is string => typeof value === 'string';

function lines(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every(isString) ? value : value.map((line) => (isString(line) ? line : (anyText(line) ?? '')));
}

function readVars(vars: unknown): Frame['vars'] {
  if (isObject(vars)) return vars;
  return Array.isArray(vars) && vars.length > 0 ? Object.fromEntries(vars.map((value, at) => [at, value])) : undefined;
}

function readFrame(frame: Record<string, unknown>): Frame {
  return {
    function: textOf(frame.function) ?? textOf(frame.raw_function),
    module: textOf(frame.module),
    filename: textOf(frame.filename),
    abs_path: textOf(frame.abs_path),
    lineno: integerOf(frame.lineno),
    colno: integerOf(frame.colno),
    context_line: typeof frame.context_line === 'string' ? frame.context_line : undefined,
    pre_context: lines(frame.pre_context)?.slice(-LIMITS.contextLines),
    post_context: lines(frame.post_context)?.slice(0, LIMITS.contextLines),
    in_app: booleanOf(frame.in_app),
    package: textOf(frame.package),
    platform: textOf(frame.platform),
    vars: readVars(frame.vars),
  };
}

/** Whose code a frame is, is judged by `language`; its SDK is not believed where it counts itself as the team's own code. */
interface Origin {
  language: string;
  doubt: boolean;
}

/** Rust's SDK calls its frames `native`, and takes its own, and those of the language's unwinding, for own code. */
function originOf({ sdk }: Record<string, unknown>, platform: string): Origin {
  const isRust = isObject(sdk) && textOf(sdk.name)?.startsWith('sentry.rust') === true;
  return isRust ? { language: 'rust', doubt: true } : { language: platform, doubt: false };
}

/** Caller first, as it was sent. Null frames go. Undefined when there is no stack. */
function readFrames(stacktrace: unknown, { language, doubt }: Origin): Frame[] | undefined {
  const list = isObject(stacktrace) ? stacktrace.frames : stacktrace;
  if (!Array.isArray(list)) return undefined;
  const frames = list.filter(isObject).map(readFrame);
  if (frames.length === 0) return undefined;
  for (const frame of frames) frame.abs_path ??= frame.filename?.startsWith('http') ? frame.filename : undefined;
  markInApp(language, frames, { doubt });
  return frames;
}

function readMechanism(mechanism: unknown): EventException['mechanism'] {
  if (typeof mechanism === 'string') return { type: mechanism };
  if (!isObject(mechanism)) return undefined;
  return {
    type: textOf(mechanism.type),
    handled: booleanOf(mechanism.handled),
    synthetic: booleanOf(mechanism.synthetic),
    source: textOf(mechanism.source),
    exception_id: integerOf(mechanism.exception_id),
    parent_id: integerOf(mechanism.parent_id),
    is_exception_group: booleanOf(mechanism.is_exception_group),
    data: isObject(mechanism.data) ? mechanism.data : undefined,
  };
}

function readException(exception: Record<string, unknown>, origin: Origin): EventException {
  const raw = typeof exception.stacktrace === 'string' ? exception.stacktrace : undefined;
  return {
    type: textOf(exception.type),
    value: anyText(exception.value),
    module: textOf(exception.module),
    mechanism: readMechanism(exception.mechanism),
    frames: readFrames(exception.stacktrace, origin),
    raw_stack: raw,
  };
}

const saysSomething = ({ type, value, frames }: EventException): boolean =>
  type !== undefined || value !== undefined || frames !== undefined;

type Threads = NonNullable<NormalizedEvent['threads']>;

function readThread(thread: Record<string, unknown>, origin: Origin): Threads[number] {
  return {
    name: textOf(thread.name) ?? textOf(thread.id),
    crashed: booleanOf(thread.crashed),
    current: booleanOf(thread.current),
    frames: readFrames(thread.stacktrace, origin) ?? [],
  };
}

/**
 * Exceptions, oldest cause first, and threads. A stack trace beside them, as old clients send it, goes to the only
 * exception, or becomes a thread.
 */
export function readStacks(
  payload: Record<string, unknown>,
  platform: string,
): { exceptions: EventException[]; threads: Threads | undefined } {
  const origin = originOf(payload, platform);
  const given = payload.exception;
  const exceptions =
    typeof given === 'string' && given.trim() !== ''
      ? [{ value: given }]
      : valuesOf(given)
          .map((exception) => readException(exception, origin))
          .filter(saysSomething);
  const threads = valuesOf(payload.threads).map((thread) => readThread(thread, origin));
  const loose = readFrames(payload.stacktrace, origin);
  const [only] = exceptions;
  if (loose && only && exceptions.length === 1 && !only.frames) only.frames = loose;
  else if (loose && !exceptions.some(({ frames }) => frames)) threads.push({ current: true, frames: loose });
  return { exceptions, threads: threads.length > 0 ? threads : undefined };
}
