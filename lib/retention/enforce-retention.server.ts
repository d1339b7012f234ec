import type { PoolClient } from 'pg';
import { getPool } from '../db/client.server';
import { log } from '../log.server';
import { readProjectSettings } from '../projects/project-settings';
import { DAY_MS } from '../time';
import { deleteAttachments } from './delete-attachments.server';
import { expiredPartitions } from './event-days';
import { shareOut } from './keep-share';

/** How many rows one statement deletes: short enough that nobody waits for it. */
const CHUNK = 2000;
/** Dropping a partition makes all writers wait; when it cannot be had at once, the next run tries again. */
const LOCK_PATIENCE_MS = 2000;
const SAMPLED_IDS_MS = 7 * DAY_MS;
const FILTER_DROPS_MS = 90 * DAY_MS;
/** How much longer than its events a stack stays: days are counted in UTC, by clocks that may differ. */
const STACK_GRACE_MS = 2 * DAY_MS;

export interface RetentionReport {
  /** Partitions dropped as a whole. */
  partitions: string[];
  /** Rows deleted for their age, and because their issue has too many. */
  aged: number;
  beyondCap: number;
  attachments: number;
  /** Stacks that no event names any more. */
  stacks: number;
}

interface ProjectRule {
  id: number;
  retentionMs: number;
  cap: number;
}

async function readRules(client: PoolClient): Promise<ProjectRule[]> {
  const { rows } = await client.query<{ id: number; settings: unknown }>(
    'SELECT id, settings FROM project ORDER BY id',
  );
  return rows.map(({ id, settings }) => {
    const { retention_days, max_events_per_issue } = readProjectSettings(settings);
    return { id, retentionMs: retention_days * DAY_MS, cap: max_events_per_issue };
  });
}

async function dropPartitions(client: PoolClient, before: Date): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'event'::regclass`,
  );
  const dropped: string[] = [];
  await client.query(`SET lock_timeout = ${LOCK_PATIENCE_MS}`);
  for (const name of expiredPartitions(
    rows.map((row) => row.name),
    before,
  )) {
    try {
      await client.query(`DROP TABLE ${name}`);
      dropped.push(name);
    } catch (cause) {
      log().warn({ cause, partition: name }, 'A partition could not be dropped; the next run tries again');
    }
  }
  await client.query('RESET lock_timeout');
  return dropped;
}

async function deleteAged(client: PoolClient, projectId: number, before: Date): Promise<number> {
  for (let total = 0; ; ) {
    const { rowCount } = await client.query(
      `DELETE FROM event e USING (
         SELECT "time", id FROM event WHERE project_id = $1 AND "time" < $2 ORDER BY "time" LIMIT ${CHUNK}
       ) old WHERE e.project_id = $1 AND e."time" = old."time" AND e.id = old.id`,
      [projectId, before],
    );
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < CHUNK) return total;
  }
}

/**
 * Deletes stacks that were last used before that day. The events that name one were stored by then, so they are gone. A
 * writer that brings it again meanwhile waits, and writes it anew: who believes that a stack is stored has noted its use
 * today.
 */
async function deleteStacks(client: PoolClient, projectId: number, before: Date): Promise<number> {
  for (let total = 0; ; ) {
    const { rowCount } = await client.query(
      `DELETE FROM stack WHERE project_id = $1 AND last_used < $2::date AND hash = ANY (ARRAY(
         SELECT hash FROM stack WHERE project_id = $1 AND last_used < $2::date LIMIT ${CHUNK}))`,
      [projectId, before.toISOString().slice(0, 10)],
    );
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < CHUNK) return total;
  }
}

/**
 * The stored events of an issue, oldest first, are numbered from 1; the first and the latest stay, and of those between
 * every so manieth.
 */
async function thinIssue(client: PoolClient, projectId: number, issueNumber: number, cap: number): Promise<number> {
  const { first, latest, between } = shareOut(cap);
  await client.query('DROP TABLE IF EXISTS pg_temp.surplus');
  await client.query(
    `CREATE TEMP TABLE surplus AS
     SELECT "time", id FROM (
       SELECT "time", id, row_number() OVER (ORDER BY "time", id) AS place, count(*) OVER () AS total
       FROM event WHERE project_id = ${projectId} AND issue_number = ${issueNumber}
     ) ranked
     WHERE total > ${cap} AND place > ${first} AND place <= total - ${latest}
       AND floor((place - ${first}) * ${between}::numeric / (total - ${first + latest}))
         = floor((place - ${first} - 1) * ${between}::numeric / (total - ${first + latest}))`,
  );
  for (let total = 0; ; ) {
    const { rowCount } = await client.query(
      `WITH taken AS (DELETE FROM surplus WHERE ctid = ANY (ARRAY(SELECT ctid FROM surplus LIMIT ${CHUNK})) RETURNING "time", id)
       DELETE FROM event e USING taken WHERE e.project_id = $1 AND e."time" = taken."time" AND e.id = taken.id`,
      [projectId],
    );
    total += rowCount ?? 0;
    if (rowCount === 0) return total;
  }
}

/** Issues with more stored events than they may keep. */
async function findCrowded(client: PoolClient, { id, cap }: ProjectRule): Promise<number[]> {
  const { rows } = await client.query<{ number: number }>(
    `SELECT i.number FROM issue i WHERE i.project_id = $1 AND i.event_count > $2 AND $2 < (
       SELECT count(*) FROM (
         SELECT FROM event e WHERE e.project_id = i.project_id AND e.issue_number = i.number LIMIT $2 + 1
       ) AS stored)
     ORDER BY i.number`,
    [id, cap],
  );
  return rows.map((row) => row.number);
}

/**
 * Deletes events that are older than their project keeps them, and those that an issue has too many of. Issues, counts
 * and rollups stay. A partition goes as a whole once no project keeps events so old; the rest goes in small steps.
 * Idempotent.
 */
export async function enforceRetention(now: Date = new Date()): Promise<RetentionReport> {
  const client = await getPool().connect();
  const report: RetentionReport = { partitions: [], aged: 0, beyondCap: 0, attachments: 0, stacks: 0 };
  try {
    const rules = await readRules(client);
    const longest = Math.max(0, ...rules.map((rule) => rule.retentionMs));
    if (rules.length > 0) report.partitions = await dropPartitions(client, new Date(now.getTime() - longest));
    for (const rule of rules) {
      const before = new Date(now.getTime() - rule.retentionMs);
      report.aged += await deleteAged(client, rule.id, before);
      report.attachments += await deleteAttachments(client, rule.id, before);
      for (const issue of await findCrowded(client, rule)) {
        report.beyondCap += await thinIssue(client, rule.id, issue, rule.cap);
      }
      report.stacks += await deleteStacks(client, rule.id, new Date(before.getTime() - STACK_GRACE_MS));
    }
    await client.query('DELETE FROM sampled_event WHERE seen_at < $1', [new Date(now.getTime() - SAMPLED_IDS_MS)]);
    await client.query('DELETE FROM counted_batch WHERE at < $1', [new Date(now.getTime() - SAMPLED_IDS_MS)]);
    await client.query('DELETE FROM filter_drop WHERE day < $1', [new Date(now.getTime() - FILTER_DROPS_MS)]);
  } finally {
    client.release();
  }
  const { partitions, aged, beyondCap, attachments, stacks } = report;
  if (partitions.length + aged + beyondCap + attachments + stacks > 0) log().info(report, 'Old events were deleted');
  return report;
}
