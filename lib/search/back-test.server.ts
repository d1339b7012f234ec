import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { AppError } from '../errors';
import { decodeCursor, encodeCursor } from '../http/pagination';
import type { Signature } from '../knowledge/entry-schema';
import { entryId, parseEntryId } from '../knowledge/entry-words';
import { shortId } from '../projects/project-schema';
import { heldBy, type ReplayedError, shortened, signatureProblem } from './back-test';
import { findCollisions } from './back-test-collisions.server';
import { readEvents, readTitles, type SampledEvent } from './back-test-events.server';
import type { BackTest, BackTestHit, BackTestInput } from './back-test-schema';

/** One call stops after this and hands out a cursor; the next goes on. */
const BUDGET_MS = 1400;
const BATCH = 2000;
/** Events whose title is read of an issue that is a hit by its latest event. */
const SAMPLED = 20;
/** Hits and misses shown with examples, a call. */
const SHOWN = 50;

export interface ReplayedIssue {
  project_id: number;
  number: number;
  prefix: string;
  title: string;
  type: string;
  value: string;
  status: string;
  service: string;
  events: number;
  last_seen: Date;
  known_entry_id: number | null;
  own: boolean;
}

export interface Hit {
  issue: ReplayedIssue;
  held: number[];
  read: number;
  matched: number;
  example: SampledEvent | null;
}

const cursorSchema = z.tuple([z.number().int(), z.number().int()]);

/**
 * Replays signatures over past errors. Issues come first, each standing for its events: one whose error a signature holds
 * for is a hit, and of the largest hits events are read to see how many of them it holds for; of the others the latest
 * events are looked at, because an issue's events need not all read alike.
 * @throws AppError `validation_failed` when no signature can be used; `invalid_cursor`.
 */
export async function backTest({ viewer, input }: { viewer: Viewer; input: BackTestInput }): Promise<BackTest> {
  assertCan(viewer, 'read');
  const started = performance.now();
  const problems = input.signatures.map(signatureProblem);
  if (problems.every((problem) => problem !== null))
    throw new AppError('validation_failed', `signatures: none can be used; the first is ${problems[0]}`, {
      errors: problems.map((message, at) => ({ field: `signatures.${at}.value`, message: String(message) })),
    });
  const entry = input.entry ? (parseEntryId(input.entry) ?? -1) : null;
  let cursor = decodeCursor(input.cursor, cursorSchema);
  const totals = await countAll();
  const tally = new Tally(input.signatures);
  for (;;) {
    const issues = await nextIssues(cursor, entry);
    await replay(issues, tally);
    const last = issues.at(-1);
    if (!last || issues.length < BATCH) {
      cursor = null;
      break;
    }
    cursor = [last.project_id, last.number];
    if (performance.now() - started > BUDGET_MS) break;
  }
  const shown = tally.hits.sort((a, b) => b.issue.events - a.issue.events).slice(0, SHOWN);
  tally.weigh(await readEvents(shown.map(({ issue }) => issue)), shown);
  const missed = tally.misses.slice(0, SHOWN);
  return {
    next_cursor: cursor && encodeCursor(cursor),
    progress: { ...tally.seen, ...totals },
    signatures: problems.map((problem, at) => ({ ...tally.perSignature(at), problem })),
    hits: {
      issues: tally.hits.length,
      events: tally.hits.reduce((sum, hit) => sum + estimatedEvents(hit), 0),
      data: shown.map(toHit),
    },
    misses: {
      issues: tally.misses.length,
      data: missed.map((issue) => ({ issue: toIssue(issue), example: exampleOf(issue, null) })),
    },
    collisions: await findCollisions(tally.hits, entry),
  };
}

/** What the replay found so far. */
class Tally {
  readonly hits: Hit[] = [];
  readonly misses: ReplayedIssue[] = [];
  readonly seen = { issues: 0, events: 0, events_read: 0 };

  constructor(private readonly signatures: readonly Signature[]) {}

  test = (error: ReplayedError): number[] => heldBy(this.signatures, error);

  /** How many of the events of these hits the signatures hold for. */
  weigh(events: ReadonlyMap<ReplayedIssue, SampledEvent[]>, hits: readonly Hit[]): void {
    for (const hit of hits) {
      const sample = events.get(hit.issue) ?? [];
      const matching = sample.filter((event) => this.test(event).length > 0);
      this.seen.events_read += sample.length;
      hit.example = matching[0] ?? hit.example;
      // Where no whole event is kept any more, the issue itself stays the witness.
      if (matching.length === 0) continue;
      hit.read = sample.length;
      hit.matched = matching.length;
    }
  }

  perSignature(at: number): { issues: number; events: number } {
    const held = this.hits.filter((hit) => hit.held.includes(at));
    return { issues: held.length, events: held.reduce((sum, hit) => sum + estimatedEvents(hit), 0) };
  }
}

async function replay(issues: readonly ReplayedIssue[], tally: Tally): Promise<void> {
  const others: ReplayedIssue[] = [];
  for (const issue of issues) {
    tally.seen.issues += 1;
    tally.seen.events += issue.events;
    const held = tally.test(issueError(issue));
    if (held.length > 0) tally.hits.push({ issue, held, read: 1, matched: 1, example: null });
    else others.push(issue);
  }
  const varied = others.filter((issue) => issue.events > 1);
  const found = await heldTitles(varied, 1, tally);
  // The latest event alone does not say how many of them there are.
  for (const [issue, one] of await heldTitles([...found.keys()], SAMPLED, tally)) found.set(issue, one);
  for (const [issue, { read, held }] of found)
    tally.hits.push({ issue, held: held[0]?.held ?? [], read, matched: held.length, example: held[0]?.event ?? null });
  const hit = new Set(found.keys());
  tally.misses.push(...others.filter((issue) => issue.own && !hit.has(issue)));
}

/** The issues of which a signature holds for one of the latest events. */
async function heldTitles(issues: readonly ReplayedIssue[], limit: number, tally: Tally) {
  const found = new Map<ReplayedIssue, { read: number; held: { event: SampledEvent; held: number[] }[] }>();
  for (const [issue, sample] of await readTitles(issues, limit)) {
    tally.seen.events_read += sample.length;
    const held = sample.map((event) => ({ event, held: tally.test(event) })).filter((one) => one.held.length > 0);
    if (held.length > 0) found.set(issue, { read: sample.length, held });
  }
  return found;
}

const issueError = ({ type, value, title }: ReplayedIssue): ReplayedError => {
  const described = [type, value].filter(Boolean).join(': ');
  return { type, text: described.includes(title) ? described : `${described}\n${title}` };
};

const estimatedEvents = ({ issue, read, matched }: Hit): number => Math.round((issue.events * matched) / read);

async function nextIssues(after: [number, number] | null, entry: number | null): Promise<ReplayedIssue[]> {
  const { rows } = await getPool().query<ReplayedIssue>(
    `SELECT i.project_id, i.number, p.prefix, i.title, i.type, left(i.value, 4000) AS value, i.status, i.service,
            i.event_count::float8 AS events, i.last_seen, i.known_entry_id,
            coalesce(i.known_entry_id = $3 OR f.entry_id IS NOT NULL, false) AS own
       FROM issue i JOIN project p ON p.id = i.project_id
       LEFT JOIN (SELECT DISTINCT entry_id, project_id, issue_number FROM fix WHERE entry_id = $3) f
         ON f.project_id = i.project_id AND f.issue_number = i.number
      WHERE i.merged_into IS NULL AND (i.project_id, i.number) > ($1, $2)
      ORDER BY i.project_id, i.number LIMIT ${BATCH}`,
    [after?.[0] ?? 0, after?.[1] ?? 0, entry],
  );
  return rows;
}

async function countAll(): Promise<{ issues_total: number; events_total: number }> {
  const { rows } = await getPool().query<{ issues_total: number; events_total: number }>(
    `SELECT count(*)::int AS issues_total, coalesce(sum(event_count), 0)::float8 AS events_total
       FROM issue WHERE merged_into IS NULL`,
  );
  return rows[0] ?? { issues_total: 0, events_total: 0 };
}

export const issueIdOf = ({ prefix, number }: ReplayedIssue): string => shortId(prefix, number);

const toIssue = (issue: ReplayedIssue): BackTestHit['issue'] => ({
  id: issueIdOf(issue),
  title: issue.title,
  status: issue.status,
  service: issue.service,
  events: issue.events,
  last_seen: issue.last_seen.toISOString(),
});

const exampleOf = (issue: ReplayedIssue, event: SampledEvent | null): BackTestHit['example'] => ({
  event: event?.id ?? null,
  at: (event?.time ?? issue.last_seen).toISOString(),
  text: shortened(event?.text ?? issueError(issue).text),
});

const toHit = ({ issue, held, read, matched, example }: Hit): BackTestHit => ({
  issue: toIssue(issue),
  own: issue.own,
  signatures: held,
  read,
  matched,
  known_entry: issue.known_entry_id === null ? null : entryId(issue.known_entry_id),
  example: exampleOf(issue, example),
});
