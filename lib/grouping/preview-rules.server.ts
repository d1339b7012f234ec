import { performance } from 'node:perf_hooks';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { restoreStacks } from '../db/restore-stacks.server';
import type { NormalizedEvent } from '../ingest/event-schema';
import { shortId } from '../projects/project-schema';
import type { GroupingPlan } from '.';
import { findProject, type GroupingProject } from './grouping-rules.server';
import { readRulesInput } from './read-rules-input';
import { judgeEvent } from './rules/apply-rules';
import { compileRules } from './rules/compile-rules';
import { type Foretold, foretell, PreviewTally } from './rules/preview';
import type { RulesInput, RulesPreview } from './rules-dto-schema';

const CHUNK = 250;
const TIME_LIMIT_MS = 5000;
/** Rows of each list in the answer. */
const MAX_ROWS = 50;

interface EventRow {
  id: string;
  time: Date;
  title: string;
  issue_number: number;
  data: NormalizedEvent;
}

async function readChunk(projectId: number, before: EventRow | undefined, limit: number): Promise<EventRow[]> {
  const { rows } = await getPool().query<EventRow>(
    `SELECT id, time, title, issue_number, data FROM event
     WHERE project_id = $1 ${before ? 'AND time <= $3::timestamptz AND (time, id) < ($3::timestamptz, $4::uuid)' : ''}
     ORDER BY time DESC, id DESC LIMIT $2`,
    [projectId, limit, ...(before ? [before.time, before.id] : [])],
  );
  await restoreStacks(getPool(), projectId, rows);
  return rows;
}

/** Issues that own hashes which the rules would give. */
async function findOwners(projectId: number, foretold: readonly Foretold[]): Promise<Map<string, number>> {
  const hashes = [...new Set(foretold.flatMap(({ hashes }) => hashes ?? []))];
  if (hashes.length === 0) return new Map();
  const { rows } = await getPool().query<{ hash: string; issue_number: number }>(
    'SELECT hash, issue_number FROM "grouping" WHERE project_id = $1 AND hash = ANY($2)',
    [projectId, hashes],
  );
  return new Map(rows.map((row) => [row.hash, row.issue_number]));
}

/**
 * What rules would have done to the latest events of a project. Nothing is changed. Ends after five seconds with what was
 * seen by then.
 * @throws AppError `not_found` | `validation_failed`.
 */
export async function previewRules({
  viewer,
  projectId,
  input,
  events,
  clock = () => performance.now(),
}: {
  viewer: Viewer;
  projectId: string;
  input: RulesInput;
  events: number;
  /** Milliseconds. */
  clock?: () => number;
}): Promise<RulesPreview> {
  assertCan(viewer, 'admin');
  const until = clock() + TIME_LIMIT_MS;
  const project = await findProject(getDb(), projectId);
  const { grouping_version: version, grouping_rules: current } = project.settings;
  const proposed: GroupingPlan = { version, previous: null, rules: compileRules(readRulesInput(input)) };
  const inForce: GroupingPlan = { version, previous: null, rules: compileRules(current.rules) };
  const compiled = proposed.rules!;
  const tally = new PreviewTally(compiled.rules.map(({ text }) => text));
  let first: EventRow | undefined;
  let last: EventRow | undefined;
  let complete = true;
  while (tally.examined < events) {
    if (clock() > until) {
      complete = false;
      break;
    }
    const limit = Math.min(CHUNK, events - tally.examined);
    const rows = await readChunk(project.id, last, limit);
    const foretold = rows.map(({ id, title, issue_number, data }) =>
      foretell({ id: id.replaceAll('-', ''), title, issueNumber: issue_number, event: data }, inForce, proposed),
    );
    const owners = await findOwners(project.id, foretold);
    for (const each of foretold) {
      const owner = each.hashes?.map((hash) => owners.get(hash)).find((number) => number !== undefined);
      const { event } = each.past;
      const dropRule = each.ruled.drop
        ? judgeEvent(compiled, event, each.ruled.grouping.hashes).dropping?.text
        : undefined;
      tally.add(each, owner, dropRule);
    }
    first ??= rows[0];
    last = rows.at(-1) ?? last;
    if (rows.length < limit) break;
  }
  return toPreview(project, tally, { first, last, complete });
}

async function toPreview(
  { id, prefix }: GroupingProject,
  tally: PreviewTally,
  { first, last, complete }: { first?: EventRow; last?: EventRow; complete: boolean },
): Promise<RulesPreview> {
  const splits = tally.splits.slice(0, MAX_ROWS);
  const joins = tally.joins.slice(0, MAX_ROWS);
  const numbers = [
    ...splits.flatMap(({ issueNumber, goes }) => [issueNumber, ...goes.map((each) => each.issueNumber)]),
    ...joins.flatMap(({ issueNumber, from }) => [issueNumber, ...from.keys()]),
  ].filter((number) => number !== null);
  const { rows } = await getPool().query<{ number: number; title: string }>(
    'SELECT number, title FROM issue WHERE project_id = $1 AND number = ANY($2::int[])',
    [id, [...new Set(numbers)]],
  );
  const titles = new Map(rows.map(({ number, title }) => [number, title]));
  const issueOf = (number: number) => ({ id: shortId(prefix, number), title: titles.get(number) ?? '' });
  const destination = ({ issueNumber, label }: { issueNumber: number | null; label: string }) => ({
    issue: issueNumber === null ? null : issueOf(issueNumber),
    label,
  });
  return {
    examined: tally.examined,
    complete,
    from: last?.time.toISOString() ?? null,
    to: first?.time.toISOString() ?? null,
    dropped: tally.dropped,
    rules: tally.rules.map(({ rule, events, issues, examples }) => ({
      rule,
      events,
      issues: issues.size,
      examples: examples.map(({ past, sets }) => ({
        id: past.id,
        title: past.title,
        issue: shortId(prefix, past.issueNumber),
        sets,
      })),
    })),
    splits: splits.map(({ issueNumber, stays, goes }) => ({
      issue: issueOf(issueNumber),
      stays,
      goes: goes.slice(0, MAX_ROWS).map((each) => ({ ...destination(each), events: each.events })),
    })),
    joins: joins.map((each) => ({
      ...destination(each),
      issues: [...each.from].slice(0, MAX_ROWS).map(([number, events]) => ({ ...issueOf(number), events })),
    })),
  };
}
