import type { Frame } from '../event-schema';
import { linkChain, makeException, type ParsedStack, splitHeader } from './stack-text';

/** `Shop.Cart.Pay(Int32 id) in /src/Cart.cs:line 42`, what follows `at `. */
export function parseDotnetFrame(text: string): Frame | null {
  const close = text.indexOf(')');
  const open = text.indexOf('(');
  if (open < 1 || close < open) return null;
  const named = text.slice(0, open).trim();
  const generic = named.indexOf('[');
  const last = named.lastIndexOf('.', generic < 0 ? undefined : generic);
  // `Cart..ctor`: the constructor's own name begins with a dot.
  const dot = named[last - 1] === '.' ? last - 1 : last;
  if (dot < 1 || named.includes(' ')) return null;
  const frame: Frame = { module: named.slice(0, dot), function: named.slice(dot + 1) };
  const place = text.indexOf(' in ', close);
  if (place >= 0) {
    const line = text.lastIndexOf(':line ');
    frame.filename = text.slice(place + 4, line < place ? undefined : line);
    if (line > place) frame.lineno = Number.parseInt(text.slice(line + 6), 10) || undefined;
  }
  return frame;
}

/** .NET's `ToString()`: outer header ` ---> ` inner header, inner frames, a rule, outer frames. */
export function parseDotnet(lines: readonly string[]): ParsedStack | null {
  const header: string[] = [];
  const innermostFirst: Frame[][] = [];
  let frames: Frame[] = [];
  for (const raw of lines) {
    const line = raw.trim();
    if (line.startsWith('--- End of inner exception')) {
      innermostFirst.push(frames);
      frames = [];
    } else if (line.startsWith('at ')) {
      const frame = parseDotnetFrame(line.slice(3));
      if (frame) frames.push(frame);
    } else if (frames.length === 0 && innermostFirst.length === 0 && line !== '') header.push(line);
  }
  innermostFirst.push(frames);
  if (!innermostFirst.some((part) => part.length > 0)) return null;
  const headers = header.join('\n').split(/ ?---> /);
  const raisedFirst = innermostFirst.reverse().map((part, depth) => {
    const split = splitHeader((headers[depth] ?? '').replace(/^Unhandled exception\. /, ''));
    const dot = split?.type.lastIndexOf('.') ?? -1;
    const exception = makeException(split?.type.slice(dot + 1), split?.value, part.reverse());
    if (split && dot > 0) exception.module = split.type.slice(0, dot);
    return exception;
  });
  return { platform: 'csharp', exceptions: linkChain(raisedFirst) };
}
