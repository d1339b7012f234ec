import type { EventException, Frame } from '../event-schema';
import { linkChain, makeException, type ParsedStack, splitLocation } from './stack-text';

const NUMBERED = /^\s*(\d{1,6}):\s+(?:0x[0-9a-fA-F]+ - )?(\S.*)$/;
const isBacktrace = (line: string): boolean => /^stack backtrace:$/i.test(line);

/** Drops the compiler's hash and moves the path in front of the last name to `module`. */
function splitFunction(text: string): { module?: string; function: string } {
  const name = text.replace(/::h[0-9a-f]{16}$/, '');
  if (/^[<&(]/.test(name)) return { function: name };
  let cut = name.lastIndexOf('::');
  while (cut > 0 && name.startsWith('{{', cut + 2)) cut = name.lastIndexOf('::', cut - 1);
  return cut > 0 && !name.includes('<')
    ? { module: name.slice(0, cut), function: name.slice(cut + 2) }
    : { function: name };
}

function backtrace(lines: readonly string[]): Frame[] {
  const frames: Frame[] = [];
  for (const raw of lines) {
    const numbered = NUMBERED.exec(raw);
    if (numbered) {
      frames.push(splitFunction(numbered[2]!.trim()));
      continue;
    }
    const line = raw.trim();
    const last = frames[frames.length - 1];
    if (last && !last.filename && line.startsWith('at ')) {
      const { file, line: lineno, column } = splitLocation(line.slice(3));
      last.filename = file;
      if (lineno !== undefined) last.lineno = lineno;
      if (column !== undefined) last.colno = column;
    }
  }
  return frames.reverse();
}

/** `thread 'main' panicked at src/main.rs:4:5:` then the message, or the older `panicked at 'message', src/main.rs:4:5`. */
function panic(lines: readonly string[], end: number): { value: string; place: string } | null {
  const at = lines.findIndex((line) => line.includes(' panicked at '));
  if (at < 0) return null;
  const line = lines[at]!;
  const rest = line.slice(line.indexOf(' panicked at ') + 13);
  if (rest.startsWith("'")) {
    const quote = rest.lastIndexOf("', ");
    return quote < 1 ? null : { value: rest.slice(1, quote), place: rest.slice(quote + 3) };
  }
  const message = lines.slice(at + 1, end < 0 ? undefined : end).filter((text) => !text.startsWith('note: '));
  return { value: message.join('\n').trim(), place: rest.replace(/:$/, '') };
}

/** anyhow and eyre: `Error: outer`, `Caused by:`, numbered or single causes, `Stack backtrace:`. */
function errorChain(lines: readonly string[], end: number, frames: Frame[]): EventException[] {
  const head = lines.slice(0, end < 0 ? undefined : end);
  const causes = head.findIndex((line) => line.trim() === 'Caused by:');
  const value = head
    .slice(0, causes < 0 ? undefined : causes)
    .join('\n')
    .trim()
    .replace(/^Error: /, '');
  const inner =
    causes < 0
      ? []
      : head
          .slice(causes + 1)
          .map((line) => line.trim().replace(/^\d+: /, ''))
          .filter(Boolean);
  return linkChain([
    makeException(value ? 'Error' : undefined, value, frames),
    ...inner.map((text) => makeException('Error', text, [])),
  ]);
}

/** A panic (with or without a backtrace) or a backtrace of an error. */
export function parseRust(lines: readonly string[]): ParsedStack | null {
  const start = lines.findIndex((line) => isBacktrace(line.trim()));
  const panicked = panic(lines, start);
  if (start < 0 && !panicked) return null;
  const frames = start < 0 ? [] : backtrace(lines.slice(start + 1));
  if (!panicked) return { platform: 'rust', exceptions: errorChain(lines, start, frames) };
  if (frames.length === 0) {
    const { file, line, column } = splitLocation(panicked.place);
    if (line === undefined) return null;
    frames.push({ filename: file, lineno: line, colno: column });
  }
  return { platform: 'rust', exceptions: [makeException('panic', panicked.value, frames)] };
}
