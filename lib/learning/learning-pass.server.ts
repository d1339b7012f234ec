import { assertCan, systemViewer, type Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { enqueue } from '../jobs/enqueue.server';
import { log } from '../log.server';
import { learnCalibration } from './learn-calibration.server';
import { type PassProgress, passProgressSchema } from './learning-schema';
import { type IssueKey, suggestFor } from './match-issue.server';
import { minePatterns } from './mine-patterns.server';
import { proposeDrafts } from './propose-drafts.server';
import { proposeMerges } from './propose-merges.server';
import { proposeUpdates } from './propose-updates.server';
import { refreshVerdicts } from './refresh-verdicts.server';
import { rematch } from './rematch-entries.server';

/** Key of the advisory lock under which a pass runs: one at a time, whatever the number of processes. */
const LOCK = 0x0e44a7a;
const RETRY_MS = 5_000;
/** Issues a pass looks at; the rest is for the next one. */
const ISSUES_PER_PASS = 5_000;
const REPORT_EVERY = 50;
const OVERLAP_MS = 60_000;

/** Asks for a pass. One that waits already serves both callers. */
export async function startPass({
  viewer,
  trigger,
}: {
  viewer: Viewer;
  trigger: 'schedule' | 'manual' | 'api';
}): Promise<{ pass_id: string }> {
  assertCan(viewer, 'write');
  return getDb().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK + 1}::bigint)`;
    const waiting = await tx.learningPass.findFirst({ where: { status: 'queued' }, orderBy: { id: 'desc' } });
    const pass = waiting ?? (await tx.learningPass.create({ data: { trigger } }));
    const passId = String(pass.id);
    await enqueue(tx, 'learning.pass', { passId }, { key: `learning.pass:${passId}` });
    return { pass_id: passId };
  });
}

/** The tick: verdicts follow from time alone and are always looked at; a pass is only made when something changed since the last. */
export async function startPassWhenNews(): Promise<void> {
  await refreshVerdicts(new Date());
  const { rows } = await getPool().query<{ news: boolean }>(
    `WITH last AS (SELECT coalesce(max(started_at), '-infinity') AS at FROM learning_pass WHERE status IN ('done', 'running'))
     SELECT NOT EXISTS (SELECT 1 FROM learning_pass WHERE status = 'queued')
       AND (EXISTS (SELECT 1 FROM project p, last
                    WHERE EXISTS (SELECT 1 FROM issue WHERE project_id = p.id AND first_seen >= last.at))
         OR EXISTS (SELECT 1 FROM turning_point, last WHERE kind IN ('regressed', 'reopened', 'resolved', 'suggestion_accepted') AND turning_point.at >= last.at)
         OR EXISTS (SELECT 1 FROM comment, last WHERE created_at >= last.at)
         OR EXISTS (SELECT 1 FROM entry, last WHERE updated_at >= last.at)) AS news`,
  );
  if (!rows[0]?.news) return;
  await startPass({ viewer: systemViewer(), trigger: 'schedule' });
}

/**
 * One pass over what is new since the last: patterns of new issues, changed entries against open issues, new and changed
 * issues against all entries, drafts, changes and merges of entries, fixes whose time has come. A pass that finds another
 * one running comes back later.
 */
export async function runLearningPass({ passId }: { passId: string }): Promise<void> {
  const id = BigInt(passId);
  const lock = await getPool().connect();
  try {
    const { rows } = await lock.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK]);
    if (!rows[0]?.taken) return await comeBack(passId);
    try {
      await work(id);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    }
  } finally {
    lock.release();
  }
}

const comeBack = (passId: string): Promise<void> =>
  getDb().$transaction((tx) =>
    enqueue(
      tx,
      'learning.pass',
      { passId },
      { key: `learning.pass:${passId}:again`, runAt: new Date(Date.now() + RETRY_MS) },
    ),
  );

async function work(id: bigint): Promise<void> {
  const startedAt = new Date();
  const { count } = await getDb().learningPass.updateMany({
    where: { id, status: { in: ['queued', 'running'] } },
    data: { status: 'running', startedAt },
  });
  // A job may be delivered twice; a pass is done once.
  if (count === 0) return;
  const progress: PassProgress = passProgressSchema.parse({});
  const report = async (change: Partial<PassProgress>) => {
    Object.assign(progress, change);
    await getDb().learningPass.update({ where: { id }, data: { progress: { ...progress } } });
  };
  try {
    const since = await lastPassStart(id);
    const now = startedAt;
    await report({ stage: 'patterns' });
    await report({ patterns: await minePatterns(since) });
    await matchNews(since, progress, report);
    await report({ stage: 'drafts', done: 0, total: 0 });
    await report({ drafted: await proposeDrafts(since, now, (done, total) => report({ done, total })) });
    await report({ stage: 'updates', done: 0, total: 0 });
    await report({ updates: await proposeUpdates(since, now) });
    await report({ stage: 'merges' });
    await report({ merges: await proposeMerges(since, now) });
    await report({ stage: 'verdicts', done: 0, total: 1 });
    await report({ verdicts: await refreshVerdicts(new Date()) });
    await learnCalibration();
    await report({ stage: 'done', done: 1, total: 1 });
    await getDb().learningPass.update({ where: { id }, data: { status: 'done', finishedAt: new Date() } });
  } catch (cause) {
    log().error({ cause, pass: String(id) }, 'A learning pass failed');
    await getDb().learningPass.update({
      where: { id },
      data: { status: 'failed', finishedAt: new Date(), error: 'The pass failed; the server log has the details.' },
    });
  }
}

/** When the last pass began that came to its end; null where none did. Work committed while it began is looked at again. */
async function lastPassStart(id: bigint): Promise<Date | null> {
  const last = await getDb().learningPass.findFirst({
    where: { status: 'done', id: { not: id } },
    orderBy: { startedAt: 'desc' },
    select: { startedAt: true },
  });
  return last?.startedAt ? new Date(last.startedAt.getTime() - OVERLAP_MS) : null;
}

async function matchNews(
  since: Date | null,
  progress: PassProgress,
  report: (change: Partial<PassProgress>) => Promise<void>,
): Promise<void> {
  await report({ stage: 'entries' });
  if (since) {
    // Without a pass before, every open issue is matched below anyway.
    const changed = await getDb().entry.findMany({ where: { updatedAt: { gte: since } }, select: { id: true } });
    const outcome = await rematch(
      changed.map((entry) => entry.id),
      (done, total) => report({ done, total }),
    );
    await report(outcome);
  }
  const issues = await issuesSince(since);
  await report({ stage: 'issues', done: 0, total: issues.length });
  for (const [at, issue] of issues.entries()) {
    progress.suggested += await suggestFor(issue);
    progress.matched += 1;
    if (at % REPORT_EVERY === REPORT_EVERY - 1) await report({ done: at + 1 });
  }
  await report({ done: issues.length });
}

/** Open issues without an answer that came or changed since. */
async function issuesSince(since: Date | null): Promise<IssueKey[]> {
  const { rows } = await getPool().query<IssueKey>(
    `SELECT project_id AS "projectId", number AS "issueNumber" FROM issue
     WHERE merged_into IS NULL AND status NOT IN ('resolved', 'muted')
       AND (known_entry_id IS NULL OR status = 'regressed')
       AND ($1::timestamptz IS NULL OR first_seen >= $1 OR status_changed_at >= $1)
     ORDER BY last_seen DESC LIMIT ${ISSUES_PER_PASS}`,
    [since],
  );
  return rows;
}
