import type { Frame } from '../ingest/event-schema';

const PLACE = /\{([^{}]{0,20})\}/g;
const NAMES = ['path', 'line', 'column'];
/** What runs in the page instead of opening an editor. */
const UNSAFE = ['javascript:', 'data:', 'vbscript:', 'blob:', 'about:'];

/** What is wrong with the address that opens a file; null when it can be used. */
export function editorTemplateProblem(template: string): string | null {
  const names = [...template.matchAll(PLACE)].map((match) => match[1] as string);
  const unknown = names.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) return `{${unknown}} is not known; expected {path}, {line} or {column}`;
  if (!names.includes('path')) return 'expected {path} in the address';
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(template)?.[0].toLowerCase();
  if (!scheme) return 'expected an address as vscode://file/{path}:{line}';
  return UNSAFE.includes(scheme) ? `an address cannot begin with ${scheme}` : null;
}

/** How this browser opens the place of a frame: the editor's address, and where the code lies on this machine. */
export interface Editor {
  /** Empty: no links. */
  template: string;
  /** The first that a path begins with is replaced. */
  mappings: { from: string; to: string }[];
}

const MOST_MAPPINGS = 20;
const LONGEST = 500;

/** What is wrong with a choice of editor; null when it can be kept. */
export function editorProblem({ template, mappings }: Editor): string | null {
  if (template.length > LONGEST) return `expected at most ${LONGEST} characters`;
  if (mappings.length > MOST_MAPPINGS) return `expected at most ${MOST_MAPPINGS} folders`;
  if (mappings.some(({ from, to }) => from.length > LONGEST || to.length > LONGEST))
    return `expected folders of at most ${LONGEST} characters`;
  return template === '' ? null : editorTemplateProblem(template);
}

export const NO_EDITOR: Editor = { template: '', mappings: [] };

export const EDITOR_PRESETS: readonly { name: string; template: string }[] = [
  { name: 'VS Code', template: 'vscode://file/{path}:{line}:{column}' },
  { name: 'Cursor', template: 'cursor://file/{path}:{line}:{column}' },
  { name: 'JetBrains', template: 'idea://open?file={path}&line={line}&column={column}' },
  { name: 'Zed', template: 'zed://file/{path}:{line}:{column}' },
];

/** What was kept, whatever it is now. */
export function readEditor(stored: string | null): Editor {
  try {
    const kept: unknown = JSON.parse(stored ?? '');
    return isEditor(kept) && editorProblem(kept) === null ? kept : NO_EDITOR;
  } catch {
    return NO_EDITOR;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isMapping = (value: unknown): boolean =>
  isObject(value) && typeof value.from === 'string' && typeof value.to === 'string';

/** By hand: this runs in the browser, where a validation library would weigh more than the page it checks for. */
const isEditor = (value: unknown): value is Editor =>
  isObject(value) &&
  typeof value.template === 'string' &&
  Array.isArray(value.mappings) &&
  value.mappings.every(isMapping);

/** The address that opens a frame's place; null without a template or a path that leads to a file. */
export function editorLink({ template, mappings }: Editor, frame: Frame): string | null {
  if (template === '' || editorTemplateProblem(template) !== null) return null;
  const path = localPath(mappings, frame);
  if (path === null) return null;
  const values: Record<string, string> = {
    path: path
      .split('/')
      .map(encodeURIComponent)
      .join('/')
      .replace(/^([A-Za-z])%3A/, '$1:'),
    line: String(frame.lineno ?? 1),
    column: String(frame.colno ?? 1),
  };
  // vscode://file//srv/app would be a path with two slashes.
  return template.replace(PLACE, (_, name: string, at: number) =>
    name === 'path' && template[at - 1] === '/' ? (values.path ?? '').replace(/^\/+/, '') : (values[name] ?? ''),
  );
}

const isWhole = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:\//.test(path);

/** Where the frame's file lies on this machine: by the first mapping that fits, else as it was sent when that is whole. */
function localPath(mappings: Editor['mappings'], { abs_path, filename }: Frame): string | null {
  const sent = [abs_path, filename]
    .filter((path) => path !== undefined && path !== '' && path.length <= 2000)
    .map((path) => (path as string).replaceAll('\\', '/').replace(/\p{Surrogate}/gu, ''));
  for (const { from, to } of mappings)
    for (const path of sent) {
      const start = from.replaceAll('\\', '/');
      // An empty beginning is that of paths without a folder before them.
      const fits = start === '' ? /^[^/:<]+(?:\/|$)/.test(path) : path.startsWith(start);
      if (fits) return joined(to.replaceAll('\\', '/'), path.slice(start.length), start);
    }
  return sent.find(isWhole) ?? null;
}

/** `/app` → `/home/ada/shop` keeps the slash between; so does `/app/` → `/home/ada/shop`. */
const joined = (to: string, rest: string, from: string): string =>
  (from === '' || from.endsWith('/')) && !to.endsWith('/') ? `${to}/${rest}` : `${to}${rest}`;
