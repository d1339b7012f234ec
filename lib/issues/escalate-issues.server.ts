import { randomUUID } from 'node:crypto';
import { systemViewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { AppError } from '../errors';
import { log } from '../log.server';
import { shortId } from '../projects/project-schema';
import { floorHour, HOUR_MS } from '../time';
import { applyStateEvent, type ChangeContext, lockIssue } from './apply-change.server';
import {
  CALM_MS,
  decideEscalation,
  type EscalationDecision,
  HISTORY_MS,
  JUDGED_HOURS,
  LEAST_ESCALATION,
} from './escalation-forecast';
import type { IssueRef } from './find-issue.server';
import { seenSince } from './issue-conditions';
import type { IssueStatus, MuteRule } from './issue-state';

/** Issues of one transaction: few, because capture waits for those it holds. */
const CHUNK = 25;
const TIMEOUT_MS = 30_000;

export interface EscalationReport {
  escalated: number;
  deescalated: number;
}

interface CandidateRow {
  project_id: number;
  number: number;
  prefix: string;
  status: IssueStatus;
  mute_rule: MuteRule | null;
  first_seen: Date;
  status_changed_at: Date;
  exceeded: number | null;
}

interface Decided {
  row: CandidateRow;
  decision: NonNullable<EscalationDecision>;
}

/**
 * Escalates the issues that come far more often than they used to, which also wakes those muted until then, and calms
 * those that were back under their limit for a day. The work grows with what comes now, not with what is stored: issues
 * are found by when they were last seen, and only those with a busy hour have their history read. Idempotent.
 */
export async function escalateIssues(now: Date = new Date()): Promise<EscalationReport> {
  const report: EscalationReport = { escalated: 0, deescalated: 0 };
  const candidates = await findCandidates(now);
  for (let at = 0; at < candidates.length; at += CHUNK) {
    const decided = await decide(candidates.slice(at, at + CHUNK), now);
    if (decided.length === 0) continue;
    const moved = await write(decided, now);
    report.escalated += moved.filter((type) => type === 'escalate').length;
    report.deescalated += moved.filter((type) => type === 'deescalate').length;
  }
  if (report.escalated + report.deescalated > 0) log().info(report, 'Issues escalated, or calmed down');
  return report;
}

/**
 * $1 start of the hours that are judged, $2 now, $3 a day ago. By project, so that the indexes on when issues were last
 * seen and on their status serve; in the order in which every writer locks issues.
 */
export const FIND_CANDIDATES = `
  SELECT i.project_id, i.number, p.prefix, i.status, i.mute_rule, i.first_seen, i.status_changed_at, NULL::float8 AS exceeded
  FROM project p JOIN issue i ON i.project_id = p.id
  WHERE ${seenSince('$1')} AND i.merged_into IS NULL
    AND (i.status IN ('new', 'ongoing') OR (i.status = 'muted' AND i.mute_rule->>'kind' = 'until_escalating'))
    AND EXISTS (SELECT FROM issue_hour h WHERE h.project_id = i.project_id AND h.issue_number = i.number
                AND h.hour >= $1 AND h.hour <= $2 AND h.count > ${LEAST_ESCALATION})
  UNION ALL
  SELECT i.project_id, i.number, p.prefix, i.status, i.mute_rule, i.first_seen, i.status_changed_at,
    (SELECT (t.data->>'limit')::float8 FROM turning_point t
     WHERE t.project_id = i.project_id AND t.issue_number = i.number AND t.kind = 'escalating' ORDER BY t.id DESC LIMIT 1)
  FROM project p JOIN issue i ON i.project_id = p.id
  WHERE i.status = 'escalating' AND i.status_changed_at <= $3 AND i.merged_into IS NULL
  ORDER BY 1, 2`;

async function findCandidates(now: Date): Promise<CandidateRow[]> {
  const { rows } = await getPool().query<CandidateRow>(FIND_CANDIDATES, [
    new Date(floorHour(now).getTime() - (JUDGED_HOURS - 1) * HOUR_MS),
    now,
    new Date(now.getTime() - CALM_MS),
  ]);
  return rows;
}

async function decide(candidates: CandidateRow[], now: Date): Promise<Decided[]> {
  const { rows } = await getPool().query<{ project_id: number; issue_number: number; hour: Date; count: number }>(
    `SELECT h.project_id, h.issue_number, h.hour, h.count FROM unnest($1::int[], $2::int[]) AS w (project_id, number)
     JOIN issue_hour h ON h.project_id = w.project_id AND h.issue_number = w.number AND h.hour >= $3 AND h.hour <= $4`,
    [
      candidates.map((row) => row.project_id),
      candidates.map((row) => row.number),
      new Date(floorHour(now).getTime() - HISTORY_MS),
      now,
    ],
  );
  const key = (projectId: number, number: number): string => `${projectId}:${number}`;
  const histories = new Map(
    candidates.map((row) => [key(row.project_id, row.number), { row, counts: new Map<number, number>() }]),
  );
  for (const { project_id, issue_number, hour, count } of rows) {
    histories.get(key(project_id, issue_number))?.counts.set(hour.getTime(), count);
  }
  return [...histories.values()].flatMap(({ row, counts }) => {
    const decision = decideEscalation(
      {
        status: row.status,
        muteRule: row.mute_rule,
        firstSeen: row.first_seen,
        statusChangedAt: row.status_changed_at,
        counts,
        exceeded: row.exceeded,
      },
      now,
    );
    return decision ? [{ row, decision }] : [];
  });
}

/** What was written; an issue that changed since it was read waits for the next look. */
async function write(decided: Decided[], now: Date): Promise<NonNullable<EscalationDecision>['type'][]> {
  const context: ChangeContext = { viewer: systemViewer(), now, batch: randomUUID() };
  return getDb().$transaction(
    async (tx) => {
      const moved: NonNullable<EscalationDecision>['type'][] = [];
      for (const { row, decision } of decided) {
        const { project_id: projectId, number, prefix } = row;
        const ref: IssueRef = { projectId, number, prefix, id: shortId(prefix, number) };
        const { type, ...measured } = decision;
        try {
          const issue = await lockIssue(tx, ref);
          if (issue.state.statusChangedAt.getTime() !== row.status_changed_at.getTime()) continue;
          if (await applyStateEvent(tx, ref, issue, { type }, context, measured)) moved.push(type);
        } catch (problem) {
          if (!(problem instanceof AppError && problem.status < 500)) throw problem;
        }
      }
      return moved;
    },
    { timeout: TIMEOUT_MS },
  );
}
