import type { EventException, Frame } from '../event-schema';

/** What a stack parser found. `exceptions`: oldest cause first, the raised one last; frames caller first. */
export interface ParsedStack {
  platform: string;
  exceptions: EventException[];
}

/** Reads the lines of one stack; null when they are not of its language. */
export type StackParser = (lines: readonly string[]) => ParsedStack | null;

/** Longer lines are no frames of any runtime; cutting them keeps every parser linear on hostile text. */
const MAX_LINE = 4096;
const MAX_TEXT = 512 * 1024;
/** Far more than the frames an event keeps. */
const MAX_LINES = 4096;

/** The first and the last half of what is more than `most`. */
const bothEnds = (lines: string[], most: number): string[] =>
  lines.length > most ? [...lines.slice(0, most / 2), ...lines.slice(-most / 2)] : lines;

/**
 * The lines of a stack text, each at most 4096 characters. Of a text over 512 KiB the first and last 256 KiB are read, of
 * more than 4096 lines the first and last half of that.
 */
export function stackLines(text: string): string[] {
  const half = MAX_TEXT / 2;
  const read = text.length > MAX_TEXT ? `${text.slice(0, half)}\n${text.slice(-half)}` : text;
  return bothEnds(read.split('\n'), MAX_LINES).map((line) => {
    const end = line.endsWith('\r') ? line.length - 1 : line.length;
    return end <= MAX_LINE && end === line.length ? line : line.slice(0, Math.min(end, MAX_LINE));
  });
}

export interface Location {
  file: string;
  line?: number;
  column?: number;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Start of the run of digits that ends before `end`; `end` itself when there is none. */
function digitsBefore(text: string, end: number): number {
  let at = end;
  while (at > 0 && end - at < 10 && isDigit(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Splits `file:line` or `file:line:column` from the right, so that ports, drives and schemes stay with the file. */
export function splitLocation(text: string): Location {
  const last = digitsBefore(text, text.length);
  if (last === text.length || last < 2 || text[last - 1] !== ':') return { file: text };
  const lastNumber = Number(text.slice(last));
  const middle = digitsBefore(text, last - 1);
  if (middle < last - 1 && middle >= 2 && text[middle - 1] === ':') {
    return { file: text.slice(0, middle - 1), line: Number(text.slice(middle, last - 1)), column: lastNumber };
  }
  return { file: text.slice(0, last - 1), line: lastNumber };
}

/** Index of the bracket that opens the one at the very end; -1 when the text does not end in a balanced one. */
export function openingBracket(text: string): number {
  if (!text.endsWith(')')) return -1;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const char = text[at];
    if (char === ')') depth++;
    else if (char === '(' && --depth === 0) return at;
  }
  return text.indexOf('(');
}

/** `Type: message` or a bare `Type`; null when the text does not begin with the name of an exception. */
export function splitHeader(text: string): { type: string; value: string } | null {
  const match = /^([A-Za-z_$][\w$.]{0,254})(?::(?: |$)|$)/.exec(text);
  return match ? { type: match[1]!, value: text.slice(match[0].length).trim() } : null;
}

/** An exception without the keys that hold nothing. */
export function makeException(type: string | undefined, value: string | undefined, frames: Frame[]): EventException {
  const exception: EventException = {};
  if (type) exception.type = type;
  if (value) exception.value = value;
  if (frames.length > 0) exception.frames = frames;
  return exception;
}

/** Numbers a chain that was read raised-first, and turns it round: every exception is the cause of the one read before it. */
export function linkChain(raisedFirst: EventException[]): EventException[] {
  if (raisedFirst.length > 1) {
    for (const [id, exception] of raisedFirst.entries()) {
      const parent = exception.mechanism?.parent_id ?? (id > 0 ? id - 1 : undefined);
      exception.mechanism = {
        type: id > 0 ? 'chained' : 'generic',
        ...(id > 0 ? { source: 'cause' } : {}),
        ...exception.mechanism,
        exception_id: id,
        ...(parent === undefined ? {} : { parent_id: parent }),
      };
    }
  }
  return raisedFirst.reverse();
}
