import type { EventException, Frame } from '../event-schema';
import type { ParsedStack } from './stack-text';

const DURING = 'During handling of the above exception, another exception occurred:';
const CAUSE = 'The above exception was the direct cause of the following exception:';
const HEADER = /^(?:Exception Group )?Traceback \(most recent call last\):$/;
const MEMBER = /^\s*\+-(?:\+-*)? ?(?:-+ )?(?:\d+|\.\.\.) -+$/;

interface Section {
  frames: Frame[];
  message: string[];
  depth: number;
  parent: number | undefined;
  group: boolean;
  /** How the exception read after it came about. */
  source: '__context__' | '__cause__' | undefined;
}

/** `File "app.py", line 3, in main`; the last part is missing for syntax errors. */
function parseFrame(line: string): Frame | null {
  if (!line.startsWith('File "')) return null;
  const end = line.lastIndexOf('", line ');
  if (end < 6) return null;
  const match = /^(\d{1,9})(?:, in (.+))?$/.exec(line.slice(end + 8));
  if (!match) return null;
  const frame: Frame = { filename: line.slice(6, end), lineno: Number(match[1]) };
  if (match[2]) frame.function = match[2].trim();
  return frame;
}

function toException({ frames, message }: Section): EventException {
  const text = message.join('\n').trim();
  const head = /^([A-Za-z_][\w.]{0,254})(?::(?: |$|\n)|$|\n)/.exec(text);
  const name = head?.[1] ?? '';
  const dot = name.lastIndexOf('.');
  const exception: EventException = {};
  if (name) exception.type = name.slice(dot + 1);
  if (dot > 0) exception.module = name.slice(0, dot);
  const value = head ? text.slice(head[0].length).trim() : text;
  if (value) exception.value = value;
  if (frames.length > 0) exception.frames = frames;
  return exception;
}

/** The margin of an exception group: `  | `, `  + `; its depth counts the nesting. */
function stripMargin(raw: string): { text: string; depth: number } {
  const match = /^( *)[|+] ?/.exec(raw);
  return match ? { text: raw.slice(match[0].length), depth: Math.ceil(match[1]!.length / 2) } : { text: raw, depth: 0 };
}

/** Tracebacks with their chains (`During handling…`, `The above exception…`) and exception groups. */
export function parsePython(lines: readonly string[]): ParsedStack | null {
  const sections: Section[] = [];
  let current: Section | null = null;
  const open = (depth: number, parent: number | undefined): Section => {
    const made: Section = { frames: [], message: [], depth, parent, group: false, source: undefined };
    sections.push(made);
    return made;
  };
  /** The section that the next member of a group belongs to, by depth. */
  const groups: number[] = [];
  let memberOf: number | undefined;
  let fresh = false;
  for (const raw of lines) {
    if (MEMBER.test(raw)) {
      const depth = Math.ceil(raw.search(/\+/) / 2);
      memberOf = groups[depth] ?? groups.findLast((index) => index !== undefined);
      current = null;
      fresh = false;
      continue;
    }
    if (/^\s*\+-+$/.test(raw)) {
      current = null;
      continue;
    }
    const { text, depth } = stripMargin(raw);
    const line = text.trim();
    if (line === DURING || line === CAUSE) {
      const last = sections[sections.length - 1];
      if (last) last.source = line === CAUSE ? '__cause__' : '__context__';
      current = null;
      continue;
    }
    if (HEADER.test(line)) {
      current = open(depth, memberOf);
      fresh = true;
      if (line.startsWith('Exception Group')) {
        current.group = true;
        groups[depth === 0 ? 1 : depth] = sections.length - 1;
      }
      continue;
    }
    const frame = parseFrame(line);
    if (frame && (!current || current.message.length === 0)) {
      current ??= open(depth, memberOf);
      fresh = true;
      current.frames.push(frame);
      continue;
    }
    // A member that was never raised has no traceback, only its `Type: message`.
    if (!current && memberOf !== undefined && depth > 0 && line !== '') {
      current = open(depth, memberOf);
      fresh = false;
    }
    if (!current) continue;
    const last = current.frames[current.frames.length - 1];
    const indented = /^\s/.test(text);
    if (indented && fresh && current.message.length === 0) {
      if (
        last &&
        !last.context_line &&
        line !== '' &&
        !/^[~^ ]+$/.test(line) &&
        !line.startsWith('[Previous line repeated')
      ) {
        last.context_line = text.slice(4).trimEnd() || line;
      }
    } else if (line !== '' || current.message.length > 0) current.message.push(text);
  }
  if (!sections.some((part) => part.frames.length > 0)) return null;
  return { platform: 'python', exceptions: arrange(sections) };
}

/** Plain chains are printed oldest first already; with a group, its members go before it, so that the raised one is last. */
function arrange(sections: Section[]): EventException[] {
  const exceptions = sections.map(toException);
  if (!sections.some((part) => part.group)) {
    return exceptions;
  }
  const root = sections.findLastIndex((part) => part.parent === undefined);
  const order = [root, ...[...sections.keys()].filter((index) => index !== root)];
  const ids = new Map(order.map((index, id) => [index, id]));
  for (const [index, part] of sections.entries()) {
    const parent = index === root ? undefined : (part.parent ?? root);
    exceptions[index]!.mechanism = {
      type: index === root ? 'generic' : 'chained',
      exception_id: ids.get(index)!,
      ...(parent === undefined ? {} : { parent_id: ids.get(parent)! }),
      ...(part.group ? { is_exception_group: true } : {}),
      ...(part.source ? { source: part.source } : {}),
    };
  }
  return order.reverse().map((index) => exceptions[index]!);
}
