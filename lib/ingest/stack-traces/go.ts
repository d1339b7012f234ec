import type { Frame } from '../event-schema';
import { makeException, type ParsedStack } from './stack-text';

const GO_FILE = /^\s+(\S.{0,1000}\.(?:go|s)):(\d{1,9})(?: \+0x[0-9a-f]+)?(?: .*)?$/;

/** `github.com/a/b.(*T).Run(0x1, …)` → module `github.com/a/b`, function `(*T).Run`. */
function splitFunction(text: string): { module?: string; function: string } {
  const created = text.startsWith('created by ') ? text.slice(11).replace(/ in goroutine \d+$/, '') : text;
  const open = created.endsWith(')') ? created.lastIndexOf('(') : -1;
  const called = open > 0 && created[open - 1] !== '.' ? created.slice(0, open) : created;
  const dot = called.indexOf('.', called.lastIndexOf('/') + 1);
  return dot < 0 ? { function: called } : { module: called.slice(0, dot), function: called.slice(dot + 1) };
}

/** A panic or a printed stack: the first goroutine counts; pairs of a function line and an indented `file.go:line`. */
export function parseGo(lines: readonly string[]): ParsedStack | null {
  const frames: Frame[] = [];
  const message: string[] = [];
  let panicking = false;
  let goroutines = 0;
  for (const [at, raw] of lines.entries()) {
    const line = raw.trim();
    if (/^goroutine \d+ /.test(line)) {
      panicking = false;
      if (++goroutines > 1) break;
      continue;
    }
    const place = GO_FILE.exec(raw);
    const named = place ? (lines[at - 1]?.trim() ?? '') : '';
    if (place && named !== '' && !/^goroutine /.test(named)) {
      panicking = false;
      frames.push({ ...splitFunction(named), filename: place[1]!, lineno: Number(place[2]) });
    } else if (/^(?:panic|fatal error): /.test(line) && goroutines === 0) {
      panicking = true;
      if (message.length === 0) message.push(line);
    } else if (panicking && line !== '' && !line.startsWith('[signal ') && !line.startsWith('panic: ')) {
      message.push(line);
    }
  }
  if (frames.length === 0) return null;
  const [first = '', ...rest] = message;
  const colon = first.indexOf(': ');
  const value = [first.slice(colon + 2).replace(/ \[recovered\]$/, ''), ...rest].join('\n');
  return {
    platform: 'go',
    exceptions: [makeException(first ? first.slice(0, colon) : undefined, first ? value : undefined, frames.reverse())],
  };
}
