import type { Level } from '../ingest/event-schema';
import { entryId } from '../knowledge/entry-words';
import { shortId } from '../projects/project-schema';
import type { Issue, Verdict } from './issue-schema';
import type { IssueState, IssueStatus, MuteRule, ResolveMode } from './issue-state';

/** What `ISSUE_COLUMNS` selects. */
export interface IssueColumns {
  project_id: number;
  number: number;
  prefix: string;
  slug: string;
  status: string;
  title: string;
  type: string;
  value: string;
  culprit: string;
  template: string;
  level: string;
  platform: string;
  service: string;
  environment: string;
  first_seen: Date;
  last_seen: Date;
  event_count: string;
  user_count: number;
  first_release: string | null;
  last_release: string | null;
  status_changed_at: Date;
  resolved_at: Date | null;
  resolved_mode: string | null;
  resolved_release: string | null;
  mute_rule: MuteRule | null;
  assignee_id: string | null;
  assignee_name: string | null;
  known_entry_id: number | null;
  known_confidence: number | null;
  known_title: string | null;
  known_disputed: boolean | null;
  known_verdict: string | null;
  version: number;
}

/** For `FROM issue i` with `ISSUE_JOINS`. */
export const ISSUE_COLUMNS = `
  i.project_id, i.number, p.prefix, p.slug, i.status, i.title, i.type, i.value, i.culprit, i.template, i.level,
  i.platform, i.service, i.environment, i.first_seen, i.last_seen, i.event_count, i.user_count, i.first_release,
  i.last_release, i.status_changed_at, i.resolved_at, i.resolved_mode, i.resolved_release, i.mute_rule, i.assignee_id,
  u.name AS assignee_name, i.known_entry_id, i.known_confidence, k.title AS known_title, k.disputed AS known_disputed,
  (SELECT f.verdict FROM fix f
    WHERE f.project_id = i.project_id AND f.issue_number = i.number AND f.entry_id = i.known_entry_id
    ORDER BY f.applied_at DESC LIMIT 1) AS known_verdict,
  i.version`;

export const ISSUE_JOINS = `
  JOIN project p ON p.id = i.project_id
  LEFT JOIN app_user u ON u.id = i.assignee_id
  LEFT JOIN entry k ON k.id = i.known_entry_id`;

export function toIssue(row: IssueColumns): Issue {
  return {
    id: shortId(row.prefix, row.number),
    project: row.slug,
    number: row.number,
    title: row.title,
    type: row.type,
    value: row.value,
    culprit: row.culprit,
    template: row.template,
    level: row.level as Level,
    status: row.status as IssueStatus,
    status_changed_at: row.status_changed_at.toISOString(),
    service: row.service,
    environment: row.environment,
    platform: row.platform,
    first_seen: row.first_seen.toISOString(),
    last_seen: row.last_seen.toISOString(),
    first_release: row.first_release,
    last_release: row.last_release,
    events: Number(row.event_count),
    users: row.user_count,
    assignee: row.assignee_id ? { id: row.assignee_id, name: row.assignee_name ?? 'Former member' } : null,
    resolution: row.resolved_at
      ? {
          at: row.resolved_at.toISOString(),
          mode: (row.resolved_mode ?? 'now') as ResolveMode,
          release: row.resolved_release,
        }
      : null,
    mute: row.mute_rule,
    known_fix:
      row.known_entry_id === null || row.known_title === null
        ? null
        : {
            entry: entryId(row.known_entry_id),
            title: row.known_title,
            confidence: row.known_confidence ?? 1,
            url: entryPath(row.known_entry_id),
            verdict: row.known_verdict as Verdict | null,
            disputed: row.known_disputed ?? false,
          },
    version: row.version,
  };
}

export const entryPath = (id: number): string => `/knowledge/${entryId(id)}`;

export const toIssueState = (
  row: Pick<
    IssueColumns,
    | 'status'
    | 'first_seen'
    | 'status_changed_at'
    | 'resolved_at'
    | 'resolved_mode'
    | 'resolved_release'
    | 'mute_rule'
    | 'event_count'
  >,
): IssueState => ({
  status: row.status as IssueStatus,
  firstSeen: row.first_seen,
  statusChangedAt: row.status_changed_at,
  resolvedAt: row.resolved_at,
  resolvedMode: row.resolved_mode as ResolveMode | null,
  resolvedRelease: row.resolved_release,
  muteRule: row.mute_rule,
  eventCount: Number(row.event_count),
});

/** Event ids travel as 32 hex digits and rest as UUIDs. */
export const eventHex = (uuid: string): string => uuid.replaceAll('-', '');
