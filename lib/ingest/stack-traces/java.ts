import type { Frame } from '../event-schema';
import { linkChain, makeException, openingBracket, type ParsedStack, splitHeader } from './stack-text';

const MAX_FILLED_FRAMES = 20_000;

/** `app//mod@1.2/pkg.Class.method(File.java:12) ~[lib.jar:1.2]`, what follows `at `. */
export function parseJavaFrame(text: string): Frame | null {
  const jar = text.search(/\) ~?\[/);
  const call = jar < 0 ? text.trimEnd() : text.slice(0, jar + 1);
  const open = openingBracket(call);
  if (open < 1) return null;
  const place = call.slice(open + 1, -1);
  // Hidden classes of lambdas carry their address: `Db$$Lambda$14/0x0001.run`.
  const address = call.indexOf('/0x');
  const named = call.slice(call.lastIndexOf('/', address < 0 ? open : address - 1) + 1, open);
  const dot = named.lastIndexOf('.');
  if (dot < 1 || /\s/.test(named)) return null;
  const frame: Frame = { module: named.slice(0, dot), function: named.slice(dot + 1) };
  if (place === 'Native Method' || place === 'Unknown Source') return frame;
  const source = /^([\w$.-]{1,255}\.[A-Za-z]{1,10}|<generated>|[\w$]{1,255})(?::(-?\d{1,9}))?$/.exec(place);
  if (!source) return null;
  frame.filename = source[1]!;
  if (source[2] && Number(source[2]) > 0) frame.lineno = Number(source[2]);
  return frame;
}

interface Section {
  header: string;
  /** Newest first, as printed. */
  frames: Frame[];
  parent: number | undefined;
  suppressed: boolean;
  indent: number;
}

/** Throwables of the JVM: `Caused by:`, `Suppressed:`, `... n more` (filled in from the enclosing trace). */
export function parseJava(lines: readonly string[]): ParsedStack | null {
  const sections: Section[] = [{ header: '', frames: [], parent: undefined, suppressed: false, indent: 0 }];
  let filled = 0;
  for (const raw of lines) {
    const line = raw.trim();
    if (line === '') continue;
    const at = sections.length - 1;
    const current = sections[at]!;
    const nested = /^(Caused by|Suppressed|Wrapped by): /.exec(line);
    if (nested) {
      const indent = raw.search(/\S/);
      const suppressed = nested[1] === 'Suppressed';
      // A cause belongs to the trace printed at its own indentation, a suppressed one to the trace around it.
      let parent = at;
      while (parent > 0 && sections[parent]!.indent > (suppressed ? indent - 1 : indent)) parent--;
      sections.push({ header: line.slice(nested[0].length), frames: [], parent, suppressed, indent });
      continue;
    }
    const more = /^\.\.\. (\d{1,6}) (?:more|common frames omitted)$/.exec(line);
    if (more) {
      const enclosing = current.parent === undefined ? [] : sections[current.parent]!.frames;
      const common = Number(more[1]) > 0 ? enclosing.slice(-Number(more[1])) : [];
      filled += common.length;
      if (filled <= MAX_FILLED_FRAMES) for (const frame of common) current.frames.push({ ...frame });
      continue;
    }
    const frame = line.startsWith('at ') ? parseJavaFrame(line.slice(3)) : null;
    if (frame) current.frames.push(frame);
    else if (current.frames.length === 0) current.header += current.header ? `\n${raw}` : line;
  }
  if (!sections.some((part) => part.frames.length > 0)) return null;
  const exceptions = sections.map((part) => {
    const header = splitHeader(part.header.replace(/^Exception in thread "[^"\n]{0,200}" /, ''));
    const dot = header?.type.lastIndexOf('.') ?? -1;
    const exception = makeException(header?.type.slice(dot + 1), header?.value, part.frames.reverse());
    if (header && dot > 0) exception.module = header.type.slice(0, dot);
    if (part.parent !== undefined) {
      exception.mechanism = { parent_id: part.parent, ...(part.suppressed ? { source: 'suppressed' } : {}) };
    }
    return exception;
  });
  return { platform: 'java', exceptions: linkChain(exceptions) };
}
