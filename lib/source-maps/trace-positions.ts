import { isIgnored, originalPositionFor, type SourceMapInput, TraceMap } from '@jridgewell/trace-mapping';
import { enclosingFunction } from './enclosing-function';
import type { Original } from './original-frames';

/** A place in a minified script. Line and column count from 1, as runtimes print them. */
export interface Position {
  line: number;
  column: number;
}

const AROUND = 5;
const MAX_LINE = 300;

/** Of a line that is itself minified, what stands around the column. */
function window(line: string, column: number): string {
  if (line.length <= MAX_LINE) return line;
  const from = Math.max(0, Math.min(column - MAX_LINE / 2, line.length - MAX_LINE));
  return `${from > 0 ? '…' : ''}${line.slice(from, from + MAX_LINE)}${from + MAX_LINE < line.length ? '…' : ''}`;
}

/** A parsed map, with the lines of the sources that were asked for. */
export class ScriptMap {
  readonly #map: TraceMap;
  readonly #lines = new Map<string, readonly string[] | null>();

  /** @param text the map as JSON, a leading `)]}'` line allowed. @throws Error when it is no source map. */
  constructor(text: string) {
    const json: unknown = JSON.parse(text.startsWith(")]}'") ? text.slice(text.indexOf('\n') + 1) : text);
    this.#map = new TraceMap(json as SourceMapInput);
  }

  /** Null where the map says nothing of the place. */
  trace({ line, column }: Position): Original | null {
    if (line < 1 || column < 1) return null;
    const found = originalPositionFor(this.#map, { line, column: column - 1 });
    if (found.source === null) return null;
    const original: Original = { source: found.source, line: found.line, column: found.column + 1 };
    if (found.name) original.name = found.name;
    if (isIgnored(this.#map, found.source)) original.ignored = true;
    const lines = this.#linesOf(found.source);
    const at = found.line - 1;
    if (!lines || at >= lines.length) return original;
    const enclosing = enclosingFunction(lines, at, found.column);
    if (enclosing) original.enclosing = enclosing;
    original.pre_context = lines.slice(Math.max(0, at - AROUND), at).map((text) => window(text, 0));
    original.context_line = window(lines[at]!, found.column);
    original.post_context = lines.slice(at + 1, at + 1 + AROUND).map((text) => window(text, 0));
    return original;
  }

  #linesOf(source: string): readonly string[] | null {
    const known = this.#lines.get(source);
    if (known !== undefined) return known;
    const index = this.#map.resolvedSources.indexOf(source);
    const at = index < 0 ? this.#map.sources.indexOf(source) : index;
    const content = this.#map.sourcesContent?.[at];
    const lines = typeof content === 'string' ? content.split(/\r?\n/) : null;
    this.#lines.set(source, lines);
    return lines;
  }
}
