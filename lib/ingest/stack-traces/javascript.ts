import type { EventException, Frame } from '../event-schema';
import { linkChain, makeException, openingBracket, type ParsedStack, splitHeader, splitLocation } from './stack-text';

/** What V8, Gecko, WebKit and their ancestors call a function without a name. */
const UNKNOWN = '?';

function frame(name: string, file?: string, line?: number, column?: number): Frame {
  const made: Frame = { function: name || UNKNOWN };
  if (file) made.filename = file;
  if (line !== undefined) made.lineno = line;
  if (column !== undefined) made.colno = column;
  return made;
}

/** The place in the served file that evaluated the code: the innermost bracket of `eval at a (eval at b (url:1:2)), <anonymous>:3:4`. */
function evalOrigin(location: string): string {
  const open = location.lastIndexOf('(');
  const close = open < 0 ? -1 : location.indexOf(')', open);
  return close < 0 ? location : location.slice(open + 1, close);
}

/** How Hermes begins the place of a frame of compiled code. */
const HERMES = /^address at /;

/** `at name (url:line:column)`, `at url:line:column`; also IE and Edge. `text` is what follows `at `. */
function parseV8(text: string): Frame | null {
  const call = text.startsWith('async ') ? text.slice(6) : text;
  const open = openingBracket(call);
  if (open < 0) {
    const { file, line, column } = splitLocation(call);
    if (line === undefined) return call === '<anonymous>' ? frame('', call) : null;
    return frame('', file, line, column);
  }
  const name = call.slice(0, open).trim();
  const inner = call.slice(open + 1, -1);
  if (inner === 'native' || inner.startsWith('index ') || inner === '') return frame(name);
  const place = inner.startsWith('eval at ') ? evalOrigin(inner) : inner.replace(HERMES, '');
  const wasm = place.indexOf(':wasm-function[');
  if (wasm > 0) return frame(name, place.slice(0, wasm));
  const { file, line, column } = splitLocation(place);
  if (line === undefined && file !== '<anonymous>' && !file.includes('/')) return null;
  return frame(name, file, line, column);
}

/** Drops the arguments old engines printed: `bar(1)`, `(null)`, `<anonymous function: run>([arguments not available])`. */
function bareName(name: string): string {
  const created = name.startsWith('Error created at ') ? name.slice(17) : name;
  const open = created.endsWith(')') ? created.indexOf('(') : -1;
  const cut = open < 0 ? created : created.slice(0, open);
  if (open >= 0 && cut === '<anonymous>') return '';
  const named = /^<anonymous function: ([^>]+)>$/.exec(cut);
  return named ? named[1]! : cut;
}

/** `url line 26 > eval line 2 > eval:1:30`: Gecko's way to say where evaluated code comes from. */
function geckoEval(location: string): { file: string; line: number } | null {
  const at = location.indexOf(' line ');
  const match = at < 0 ? null : /^(\d{1,9}) > (?:eval|Function)/.exec(location.slice(at + 6));
  return match ? { file: location.slice(0, at), line: Number(match[1]) } : null;
}

const NATIVE = '[native code]';

/** `name@url:line:column`, `@url:line`, a bare `url:line:column`, `[native code]`: Gecko, WebKit, old Opera. */
function parseGecko(text: string): Frame | null {
  if (text === NATIVE) return frame('', NATIVE);
  const scheme = text.search(/@[a-z][a-z-]{1,30}:/);
  const at = scheme >= 0 ? scheme : text.indexOf('@');
  const name = at < 0 ? '' : bareName(text.slice(0, at));
  const location = text.slice(at + 1);
  if (location === NATIVE) return frame(name, NATIVE);
  const evaluated = geckoEval(location);
  if (evaluated) return frame(name, evaluated.file, evaluated.line);
  const wasm = location.indexOf(':wasm-function[');
  if (wasm > 0) return frame(name, location.slice(0, wasm));
  const { file, line, column } = splitLocation(location);
  if (line === undefined) return null;
  const sure = file.includes('://') || (column !== undefined && !file.includes(' ')) || (at >= 0 && file.includes('/'));
  return sure ? frame(name, file, line, column) : null;
}

/** Presto's `stacktrace`: `called from line 27, column 8 in run(x) in http://host/file.js:`, and its older `Line 27 of script url: In function run`. */
function parsePresto(text: string): Frame | null {
  const newer = /^[A-Za-z ]{0,40}line (\d{1,9}), column (\d{1,9})/.exec(text);
  if (newer) {
    const inner = text.slice(newer[0].length).trim().replace(/:$/, '');
    const at = inner.lastIndexOf('in ');
    if (at < 0) return null;
    const name = inner.slice(0, at).trim().replace(/^in /, '');
    return frame(bareName(name), inner.slice(at + 3), Number(newer[1]), Number(newer[2]));
  }
  const older = /^Line (\d{1,9}) of [a-z#\d ]{0,40}script (?:in )?(\S+?)(?:: [Ii]n function (\S+))?$/.exec(text);
  return older ? frame(older[3] ?? '', older[2], Number(older[1])) : null;
}

const parseLine = (text: string): Frame | null =>
  text.startsWith('at ')
    ? parseV8(text.slice(3))
    : /^(?:Line |[A-Za-z ]{0,40}line \d)/.test(text)
      ? parsePresto(text)
      : parseGecko(text);

/** What Opera 9 and 10 put before the first frame. */
const OLD_OPERA_START = /^\.\.\.\s{1,8}(?=Line \d)/;

interface Section {
  header: string[];
  frames: Frame[];
}
const section = (header: string[] = []): Section => ({ header, frames: [] });

/** A header's first `Type: message` line; Node prints the source line above it, other text may stand there too. */
function headerOf(lines: string[]): { type?: string; value?: string } {
  const start = lines.findIndex((line) =>
    /^(?:Uncaught )?(?:[\w$.]*(?:Error|Exception|Warning)\b|[A-Z][\w$.]*:)/.test(line),
  );
  if (start < 0) return {};
  const [first = '', ...rest] = lines.slice(start);
  const split = splitHeader(first.replace(/^Uncaught /, '').replace(/ \[[A-Z_]+\](?=:|$)/, ''));
  return split ? { type: split.type, value: [split.value, ...rest].join('\n').trim() } : {};
}

const isServerFile = (name = ''): boolean => /^(?:\/|file:|node:|[A-Za-z]:[\\/]|internal\/)/.test(name);

/**
 * Node, Chrome, Firefox, Safari, Edge, IE, old Opera, React Native. `[cause]:` and `[errors]:` blocks of Node's
 * inspector become exceptions of their own.
 */
export function parseJavascript(lines: readonly string[]): ParsedStack | null {
  const sections = [section()];
  let v8 = false;
  for (const raw of lines) {
    const line = raw.trim().replace(OLD_OPERA_START, '');
    if (line === '') continue;
    const cause = line.startsWith('[cause]: ') ? line.slice(9) : line.startsWith('Caused by: ') ? line.slice(11) : null;
    let current = sections[sections.length - 1]!;
    if (cause !== null) {
      sections.push(section([cause]));
      continue;
    }
    const parsed = parseLine(
      line.startsWith('at ') && line.endsWith(' {') ? line.slice(0, -2) : line.replace(/,$/, ''),
    );
    if (parsed) {
      v8 ||= line.startsWith('at ');
      current.frames.push(parsed);
    } else if (current.frames.length === 0) {
      current.header.push(line);
    } else if (/^[\w$.]*(?:Error|Exception)\b(?::|$)/.test(line)) {
      current = section([line]);
      sections.push(current);
    }
  }
  const found = sections.filter((part) => part.frames.length > 0);
  if (found.length === 0) return null;
  const exceptions = found.map((part): EventException => {
    const { type, value } = headerOf(part.header);
    return makeException(type, value, part.frames.reverse());
  });
  const onServer = v8 && found.some((part) => part.frames.some(({ filename }) => isServerFile(filename)));
  return { platform: onServer ? 'node' : 'javascript', exceptions: linkChain(exceptions) };
}
