/** What clients send beside events, as rows that are ready for the database, or for the spool until that is back. Pure. */
import { createHash } from 'node:crypto';
import type { Discard, Feedback } from './protocols/sentry-reports';
import type { SessionCount } from './protocols/sentry-session';

type Row = Record<string, string | number | null>;

/** Rows by table, named as in the database. JSON-ready. */
export interface Companions {
  /** Numbers, added to what is there. */
  sessions: Row[];
  discards: Row[];
  filters: Row[];
  /** Rows with a key of their own: the same once more is ignored. */
  feedback: Row[];
  files: Row[];
}

export const noCompanions = (): Companions => ({ sessions: [], discards: [], filters: [], feedback: [], files: [] });

export const countRows = (companions: Companions): number =>
  Object.values(companions).reduce((sum: number, rows: Row[]) => sum + rows.length, 0);

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

export const sessionRow = (projectId: number, session: SessionCount): Row => ({ project_id: projectId, ...session });

/** `source`: who threw it away. */
export const discardRow = (
  projectId: number,
  source: 'sdk' | 'errata',
  { reason, category, count }: Discard,
  at: Date,
): Row => ({
  project_id: projectId,
  day: dayOf(at),
  source,
  reason,
  category,
  count,
});

export const filterRow = (projectId: number, filter: string, count: number, at: Date): Row => ({
  project_id: projectId,
  day: dayOf(at),
  filter,
  count,
});

/** One without an id is known again by what was written about which event. */
export function feedbackRow(projectId: number, feedback: Feedback, receivedAt: Date): Row {
  const { id, eventId, name, email, message, url, environment, release, at } = feedback;
  const said = createHash('md5')
    .update(JSON.stringify([projectId, eventId, name, email, message]))
    .digest('hex');
  return {
    project_id: projectId,
    id: id ?? said,
    event_id: eventId,
    name,
    email,
    message,
    url,
    environment,
    release,
    at: at.toISOString(),
    received_at: receivedAt.toISOString(),
  };
}

const KEYS = {
  sessions: ['project_id', 'release', 'environment', 'day'],
  discards: ['project_id', 'day', 'source', 'reason', 'category'],
  filters: ['project_id', 'day', 'filter'],
} as const;

/** Rows that differ in nothing but their numbers become one. Sorted by key, so that two processes lock in one order. */
function sumUp(rows: readonly Row[], keys: readonly string[]): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = keys.map((name) => row[name]).join('\0');
    const known = sums.get(key);
    if (!known) sums.set(key, { ...row });
    else for (const name in row) if (!keys.includes(name)) known[name] = Number(known[name]) + Number(row[name]);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Those of several requests as one. */
export function mergeCompanions(list: readonly Companions[]): Companions {
  const all = (name: keyof Companions): Row[] => list.flatMap((companions) => companions[name]);
  return {
    sessions: sumUp(all('sessions'), KEYS.sessions),
    discards: sumUp(all('discards'), KEYS.discards),
    filters: sumUp(all('filters'), KEYS.filters),
    feedback: all('feedback'),
    files: all('files'),
  };
}

/** Companions on their way. Added once under their id, however often they are written. */
export interface CompanionBatch extends Companions {
  /** UUID. */
  id: string;
}

const MARK = '{"companions":';
/** The form of the text; a change of it needs a reader for the old one, because spools outlive updates. */
const VERSION = 1;

export const encodeCompanions = (batch: CompanionBatch): string =>
  `${MARK}${JSON.stringify(batch)},"version":${VERSION}}`;

/** The batch of such a line; null when it holds an event. @throws Error when it is neither. */
export function decodeCompanions(text: string): CompanionBatch | null {
  if (!text.startsWith(MARK)) return null;
  const { companions, version }: { companions: CompanionBatch; version: number } = JSON.parse(text);
  if (version !== VERSION)
    throw new Error(`expected what came beside events in form ${VERSION}, found form ${version}`);
  return companions;
}
