/** Addresses of scripts, and which uploaded script a frame means. Pure. */

const MAX_URL = 2048;

/** The script without its origin, query and fragment: `https://shop.example/a/app.js?v=1` → `~/a/app.js`. */
export function originless(url: string): string {
  const bare = url.slice(0, MAX_URL).replace(/[?#].{0,2048}$/s, '');
  const path = bare.replace(/\\/g, '/').replace(/^(?:[a-z][a-z+.-]{1,30}:\/\/[^/]{0,255}|~)(?=\/|$)/i, '');
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  return `~/${segments.join('/')}`;
}

/** Last segment. */
export const scriptName = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

const segmentsOf = (url: string): string[] => url.replace(/^~?\//, '').split('/').reverse();

/**
 * How well an uploaded script fits the one of a frame, both without origin: `Infinity` for the same, else how many
 * segments agree from the end where one is the end of the other, for scripts that were uploaded from another root than
 * they are served from; 0 for no fit.
 */
export function nearness(uploaded: string, asked: string): number {
  if (uploaded === asked) return Number.POSITIVE_INFINITY;
  const [a, b] = [segmentsOf(uploaded), segmentsOf(asked)];
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) if (a[at] !== b[at]) return 0;
  return shorter;
}

const DEBUG_ID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/;

/** A debug id as a lower-case UUID; null for anything else. */
export function parseDebugId(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim().toLowerCase();
  if (!DEBUG_ID.test(text)) return null;
  const hex = text.replaceAll('-', '');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
