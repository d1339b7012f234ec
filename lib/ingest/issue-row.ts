import { issueFeatures } from '../grouping/similarity';
import type { IssueState, IssueStatus, MuteRule, ResolveMode } from '../issues/issue-state';
import { cutText } from './limits';
import type { KnownFix, PendingEvent } from './pending-event';

/** An issue as the writer holds it while its row is locked. */
export interface OpenIssue {
  projectId: number;
  number: number;
  state: IssueState;
  knownFix: KnownFix | null;
  /** Made in this batch. */
  isNew: boolean;
  /** Grows with every change by people, merges and splits among them; events leave it alone. */
  version: number;
}

/** Columns of the locking look-up, as `pg` returns them. */
export interface IssueRow {
  project_id: number;
  number: number;
  hashes: string[];
  status: IssueStatus;
  first_seen: Date;
  status_changed_at: Date;
  resolved_at: Date | null;
  resolved_mode: ResolveMode | null;
  resolved_release: string | null;
  mute_rule: MuteRule | null;
  event_count: string;
  merged_into: number | null;
  version: number;
  version_seen: number;
  known_entry_id: number | null;
  known_confidence: number | null;
  known_title: string | null;
}

export function toOpenIssue(row: IssueRow): OpenIssue {
  return {
    projectId: row.project_id,
    number: row.number,
    isNew: false,
    version: row.version,
    knownFix:
      row.known_entry_id !== null && row.known_title !== null
        ? { entryId: row.known_entry_id, title: row.known_title, confidence: row.known_confidence ?? 1 }
        : null,
    state: {
      status: row.status,
      firstSeen: row.first_seen,
      statusChangedAt: row.status_changed_at,
      resolvedAt: row.resolved_at,
      resolvedMode: row.resolved_mode,
      resolvedRelease: row.resolved_release,
      muteRule: row.mute_rule,
      eventCount: Number(row.event_count),
    },
  };
}

const MAX_SEARCH_TEXT = 16_384;
const MAX_SEARCH_FRAMES = 40;

/** What an issue is found by: its title, message and place, and the functions of its own code. */
function searchText({ event, grouping }: PendingEvent): string {
  const frames = event.exceptions.flatMap((exception) => exception.frames ?? []).filter((frame) => frame.in_app);
  const places = frames
    .slice(-MAX_SEARCH_FRAMES)
    .map((frame) => [frame.module, frame.function, frame.filename].join(' ').trim());
  const values = event.exceptions.map((exception) => `${exception.type ?? ''} ${exception.value ?? ''}`.trim());
  const message = event.message ?? '';
  const parts = [grouping.title, message, ...values, grouping.culprit, event.service, event.environment, ...places];
  return cutText([...new Set(parts.filter(Boolean))].join('\n'), MAX_SEARCH_TEXT);
}

/** A new issue as a row for `json_to_recordset`. */
export function newIssueRow(pending: PendingEvent, number: number): Record<string, unknown> {
  const { event, grouping, projectId } = pending;
  return {
    project_id: projectId,
    number,
    title: cutText(grouping.title, 1000),
    type: cutText(grouping.type, 256),
    value: cutText(grouping.value, 2000),
    culprit: cutText(grouping.culprit, 500),
    template: cutText(grouping.template, 8192),
    level: event.level,
    platform: event.platform,
    service: event.service,
    environment: event.environment,
    first_seen: event.timestamp,
    release: event.release ?? null,
    search_text: searchText(pending),
    features: issueFeatures(event),
  };
}

export function newOpenIssue(pending: PendingEvent, number: number, now: Date): OpenIssue {
  return {
    projectId: pending.projectId,
    number,
    isNew: true,
    version: 1,
    knownFix: null,
    state: {
      status: 'new',
      firstSeen: new Date(pending.event.timestamp),
      statusChangedAt: now,
      resolvedAt: null,
      resolvedMode: null,
      resolvedRelease: null,
      muteRule: null,
      eventCount: 0,
    },
  };
}
