import type { Frame } from '@/lib/ingest/event-schema';

/** A place in the source as it was written. Lines and columns count from 1. */
export interface Original {
  source: string;
  line: number;
  column: number;
  /** What the token at that place was called. */
  name?: string;
  /** The function around it. */
  enclosing?: string;
  /** The bundler says that it is a library. */
  ignored?: boolean;
  pre_context?: string[];
  context_line?: string;
  post_context?: string[];
}

const MAX_PATH = 500;
const FOREIGN = /(?:^|\/)(?:node_modules|~|bower_components)\/|^(?:webpack|turbopack|vite)\/|^\(webpack\)|^external /;
const IDENTIFIER = /^[A-Za-z_$][\w$]{0,199}$/;

/** `webpack://shop/./src/cart.ts?ab12` → `src/cart.ts`; what bundlers put around a path goes. */
export function sourcePath(source: string): string {
  const path = source
    .slice(0, MAX_PATH * 2)
    .replace(/\\/g, '/')
    .replace(
      /^(?:webpack|webpack-internal|turbopack|rollup|app|ng|vite|parcel|rspack):\/{2,3}(?:[^/]{0,100}\/(?=\.{1,2}\/))?/,
      '',
    )
    .replace(/^https?:\/\/[^/]{1,255}\//, '')
    .replace(/\?[\w-]{0,40}$/, '');
  const kept = path.replace(/^(?:\.{0,2}\/){1,64}/, '').slice(-MAX_PATH);
  return kept === '' ? source.slice(0, MAX_PATH) : kept;
}

/** What the caller of a frame calls it: the token at the place of the call. */
const calledAs = (caller: Original | null | undefined): string | undefined =>
  caller?.name && IDENTIFIER.test(caller.name) ? caller.name : undefined;

const lastName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** A name that says something beside the minified ones. */
const isTelling = (name: string | undefined): name is string =>
  !!name && IDENTIFIER.test(lastName(name)) && lastName(name).length > 2;

function mapped(frame: Frame, original: Original, caller: Original | null | undefined): Frame {
  const path = sourcePath(original.source);
  const name = original.enclosing ?? calledAs(caller) ?? (isTelling(frame.function) ? frame.function : undefined);
  const { pre_context, context_line, post_context, module: _, ...rest } = frame;
  return {
    ...rest,
    function: name ?? '?',
    filename: path,
    abs_path: original.source.slice(0, MAX_PATH * 2),
    lineno: original.line,
    colno: original.column,
    ...(original.context_line === undefined
      ? {}
      : {
          pre_context: original.pre_context ?? [],
          context_line: original.context_line,
          post_context: original.post_context ?? [],
        }),
    in_app:
      original.ignored || FOREIGN.test(original.source.slice(0, MAX_PATH * 2)) || FOREIGN.test(path)
        ? false
        : (frame.in_app ?? true),
    minified: {
      ...(frame.function ? { function: frame.function } : {}),
      ...((frame.abs_path ?? frame.filename) ? { filename: frame.abs_path ?? frame.filename } : {}),
      ...(frame.lineno === undefined ? {} : { lineno: frame.lineno }),
      ...(frame.colno === undefined ? {} : { colno: frame.colno }),
    },
  };
}

/**
 * Puts the frames of one stack back to how they were written.
 * @param frames caller first. @param originals of the same positions; null where nothing is known.
 */
export function mapFrames(frames: readonly Frame[], originals: readonly (Original | null)[]): Frame[] {
  return frames.map((frame, at) => {
    const original = originals[at];
    return original ? mapped(frame, original, originals[at - 1]) : frame;
  });
}
