import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { CALIBRATION_KEY } from '../search/load-feedback.server';
import { bucketMs, previousRange, type TimeRange } from '../time';
import { calibrationCurve } from './calibration-curve';
import { type LearningScore, ORIGINS } from './score-schema';

/** Decisions behind the calibration curve: the latest ones. */
const DECISIONS = 2000;
/** Less is a blank or a comma. */
const EDITED = 0.02;

interface Asked {
  range: TimeRange;
  /** Start of the first bucket, and the width of all. */
  first: Date;
  width: number;
  buckets: number;
  /** Slug. */
  project?: string;
}

/** How well Errata knows, suggests and drafts, over a range and against the period before. */
export async function learningScore({
  viewer,
  range,
  project,
}: {
  viewer: Viewer;
  range: TimeRange;
  project?: string;
}): Promise<LearningScore> {
  assertCan(viewer, 'read');
  const width = bucketMs(range);
  const first = new Date(Math.floor(range.from.getTime() / width) * width);
  const buckets = Math.max(1, Math.ceil((range.to.getTime() - first.getTime()) / width));
  const asked: Asked = { range, first, width, buckets, project };
  const [coverage, decisions, calibration, firstSuggestion, drafts, verdicts] = await Promise.all([
    loadCoverage(asked),
    loadDecisions(asked),
    loadCalibration(asked),
    loadFirstSuggestions(asked),
    loadDrafts(asked),
    loadVerdicts(asked),
  ]);
  return {
    interval_ms: width,
    times: Array.from({ length: buckets }, (_, i) => new Date(first.getTime() + i * width).toISOString()),
    coverage,
    precision: decisions,
    calibration,
    first_suggestion: firstSuggestion,
    drafts,
    verdicts,
  };
}

/** SQL of the bucket of an instant: -1 for the period before. */
const bucketSql = (column: string, { first, range, width }: Asked, values: Values): string =>
  `CASE WHEN ${column} < ${values.add(range.from)}::timestamptz THEN -1
    ELSE floor(extract(epoch FROM ${column} - ${values.add(first)}::timestamptz) / ${width / 1000})::int END`;

const within = (column: string, { range }: Asked, values: Values): string =>
  `${column} >= ${values.add(previousRange(range).from)}::timestamptz AND ${column} < ${values.add(range.to)}::timestamptz`;

const ofProject = ({ project }: Asked, values: Values): string =>
  project ? `i.project_id = (SELECT id FROM project WHERE slug = ${values.add(project)})` : 'true';

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);

async function loadCoverage(asked: Asked): Promise<LearningScore['coverage']> {
  const values = new Values();
  const { rows } = await getPool().query<{ bucket: number; events: number; covered: number }>(
    `WITH answered AS (
       SELECT f.project_id, f.issue_number, min(f.applied_at) AS since FROM fix f
       JOIN entry e ON e.id = f.entry_id AND e.status = 'published' GROUP BY 1, 2)
     SELECT ${bucketSql('h.hour', asked, values)} AS bucket, sum(h.count)::int AS events,
       coalesce(sum(h.count) FILTER (WHERE a.since < h.hour + interval '1 hour'), 0)::int AS covered
     FROM issue_hour h JOIN issue i ON i.project_id = h.project_id AND i.number = h.issue_number
     LEFT JOIN answered a ON a.project_id = h.project_id AND a.issue_number = h.issue_number
     WHERE ${within('h.hour', asked, values)} AND i.merged_into IS NULL AND ${ofProject(asked, values)}
     GROUP BY 1`,
    values.list,
  );
  const before = rows.filter((row) => row.bucket === -1);
  const now = rows.filter((row) => row.bucket >= 0);
  const events = sum(now, (row) => row.events);
  const covered = sum(now, (row) => row.covered);
  return {
    value: share(covered, events),
    before: share(
      sum(before, (row) => row.covered),
      sum(before, (row) => row.events),
    ),
    events,
    covered,
    trend: spread(asked, now, (row) => share(row.covered, row.events)),
  };
}

/** One figure a bucket; null where nothing was counted. */
function spread<T extends { bucket: number }>(
  { buckets }: Asked,
  rows: readonly T[],
  of: (row: T) => number | null,
): (number | null)[] {
  const found = new Map(rows.map((row) => [row.bucket, of(row)]));
  return Array.from({ length: buckets }, (_, bucket) => found.get(bucket) ?? null);
}

async function loadDecisions(asked: Asked): Promise<LearningScore['precision']> {
  const values = new Values();
  const { rows } = await getPool().query<{ bucket: number; accepted: number; rejected: number }>(
    `SELECT ${bucketSql('s.decided_at', asked, values)} AS bucket,
       count(*) FILTER (WHERE s.status = 'accepted')::int AS accepted,
       count(*) FILTER (WHERE s.status = 'rejected')::int AS rejected
     FROM suggestion s JOIN issue i ON i.project_id = s.project_id AND i.number = s.issue_number
     WHERE s.status IN ('accepted', 'rejected') AND ${within('s.decided_at', asked, values)} AND ${ofProject(asked, values)}
     GROUP BY 1`,
    values.list,
  );
  const of = (some: typeof rows) => {
    const accepted = sum(some, (row) => row.accepted);
    const rejected = sum(some, (row) => row.rejected);
    return { accepted, rejected, rate: share(accepted, accepted + rejected) };
  };
  const now = of(rows.filter((row) => row.bucket >= 0));
  return {
    value: now.rate,
    before: of(rows.filter((row) => row.bucket === -1)).rate,
    accepted: now.accepted,
    rejected: now.rejected,
    trend: spread(asked, rows, (row) => of([row]).rate),
  };
}

async function loadCalibration(asked: Asked): Promise<LearningScore['calibration']> {
  const values = new Values();
  const [{ rows }, stored] = await Promise.all([
    getPool().query<{ confidence: number; accepted: boolean }>(
      `SELECT s.confidence, s.status = 'accepted' AS accepted FROM suggestion s
       JOIN issue i ON i.project_id = s.project_id AND i.number = s.issue_number
       WHERE s.kind = 'match' AND s.status IN ('accepted', 'rejected') AND ${ofProject(asked, values)}
       ORDER BY s.decided_at DESC NULLS LAST LIMIT ${DECISIONS}`,
      values.list,
    ),
    getPool().query<{ value: unknown }>('SELECT value FROM setting WHERE key = $1', [CALIBRATION_KEY]),
  ]);
  const learned = z.object({ shift: z.number() }).safeParse(stored.rows[0]?.value);
  return { ...calibrationCurve(rows), shift: learned.success ? learned.data.shift : 0, decisions: rows.length };
}

async function loadFirstSuggestions(asked: Asked): Promise<LearningScore['first_suggestion']> {
  const values = new Values();
  const { rows } = await getPool().query<{ bucket: number | null; before: boolean; median: number; issues: number }>(
    `WITH firsts AS (
       SELECT ${bucketSql('i.first_seen', asked, values)} AS bucket,
         -- Errors of the past that are imported wait from their import on.
         greatest(0, extract(epoch FROM min(s.created_at) - greatest(i.first_seen, (
           SELECT min(g.created_at) FROM grouping g WHERE g.project_id = i.project_id AND g.issue_number = i.number)))) * 1000 AS waited
       FROM issue i JOIN suggestion s ON s.project_id = i.project_id AND s.issue_number = i.number AND s.kind <> 'update'
       WHERE ${within('i.first_seen', asked, values)} AND ${ofProject(asked, values)}
       GROUP BY i.project_id, i.number, i.first_seen)
     SELECT bucket, bucket = -1 AS before, percentile_cont(0.5) WITHIN GROUP (ORDER BY waited) AS median, count(*)::int AS issues
     FROM firsts GROUP BY GROUPING SETS ((bucket), (bucket = -1))`,
    values.list,
  );
  const whole = (before: boolean) => rows.find((row) => row.bucket === null && row.before === before);
  const each = rows.flatMap((row) => (row.bucket === null || row.bucket < 0 ? [] : [{ ...row, bucket: row.bucket }]));
  return {
    median_ms: { value: whole(false)?.median ?? null, before: whole(true)?.median ?? null },
    issues: whole(false)?.issues ?? 0,
    trend_ms: spread(asked, each, (row) => row.median),
  };
}

async function loadDrafts(asked: Asked): Promise<LearningScore['drafts']> {
  const values = new Values();
  const now = (column: string) =>
    `${column} >= ${values.add(asked.range.from)}::timestamptz AND ${column} < ${values.add(asked.range.to)}::timestamptz`;
  const { rows } = await getPool().query<{
    author: 'rules' | 'model' | null;
    status: string;
    edit_distance: number | null;
    made: number | null;
    decided: number | null;
  }>(
    `SELECT s.author, s.status, s.edit_distance,
       CASE WHEN ${now('s.created_at')} THEN ${bucketSql('s.created_at', asked, values)} END AS made,
       CASE WHEN ${now('s.decided_at')} THEN ${bucketSql('s.decided_at', asked, values)} END AS decided
     FROM suggestion s JOIN issue i ON i.project_id = s.project_id AND i.number = s.issue_number
     WHERE s.kind IN ('draft', 'update') AND (${now('s.created_at')} OR ${now('s.decided_at')} OR s.status = 'pending')
       AND ${ofProject(asked, values)}`,
    values.list,
  );
  const made = rows.filter((row) => row.made !== null);
  const decided = (status: string) => rows.filter((row) => row.decided !== null && row.status === status);
  const accepted = decided('accepted');
  const rejected = decided('rejected');
  const distances = accepted.map((row) => row.edit_distance ?? 0).sort((a, b) => a - b);
  const trend = (some: typeof rows, at: (row: (typeof rows)[number]) => number | null) => {
    const counts = Array.from({ length: asked.buckets }, () => 0);
    for (const row of some) counts[at(row) ?? -1] = (counts[at(row) ?? -1] ?? 0) + 1;
    return counts.slice(0, asked.buckets);
  };
  return {
    made: made.length,
    accepted: accepted.length,
    edited: distances.filter((distance) => distance > EDITED).length,
    median_edit: distances[Math.floor(distances.length / 2)] ?? null,
    rejected: rejected.length,
    pending: rows.filter((row) => row.status === 'pending').length,
    by_author: (['rules', 'model'] as const).map((author) => {
      const own = (some: typeof rows) => some.filter((row) => (row.author ?? 'rules') === author).length;
      return { author, made: own(made), accepted: own(accepted), rejected: own(rejected) };
    }),
    made_trend: trend(made, (row) => row.made),
    accepted_trend: trend(accepted, (row) => row.decided),
    rejected_trend: trend(rejected, (row) => row.decided),
  };
}

async function loadVerdicts(asked: Asked): Promise<LearningScore['verdicts']> {
  const values = new Values();
  const { rows } = await getPool().query<LearningScore['verdicts'][number]>(
    `SELECT e.origin, count(*) FILTER (WHERE f.verdict = 'held')::int AS held,
       count(*) FILTER (WHERE f.verdict = 'recurred')::int AS recurred,
       count(*) FILTER (WHERE f.verdict = 'inconclusive')::int AS inconclusive,
       count(*) FILTER (WHERE f.verdict = 'watching')::int AS watching
     FROM fix f JOIN entry e ON e.id = f.entry_id
     JOIN issue i ON i.project_id = f.project_id AND i.number = f.issue_number
     WHERE f.applied_at >= ${values.add(asked.range.from)}::timestamptz AND f.applied_at < ${values.add(asked.range.to)}::timestamptz
       AND ${ofProject(asked, values)}
     GROUP BY 1`,
    values.list,
  );
  return ORIGINS.map(
    (origin) =>
      rows.find((row) => row.origin === origin) ?? { origin, held: 0, recurred: 0, inconclusive: 0, watching: 0 },
  );
}
