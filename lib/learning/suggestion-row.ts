import { levelSchema } from '../ingest/event-schema';
import type { IssueStatus } from '../issues/issue-state';
import { NO_TRACK_RECORD, storedContent } from '../knowledge/entry-dto';
import type { TrackRecord } from '../knowledge/entry-schema';
import { type EntryStatus, entryId } from '../knowledge/entry-words';
import { shortId } from '../projects/project-schema';
import type { Evidence } from '../search/match-schema';
import type { Citation } from './draft-schema';
import type { Suggestion } from './learning-schema';
import type { RejectReason } from './reject-reasons';
import type { SuggestionStatus } from './suggestion-state';

/** What `SUGGESTION_SELECT` selects. */
export interface SuggestionColumns {
  id: string;
  status: string;
  kind: string;
  entry_id: number | null;
  draft: unknown;
  score: number;
  confidence: number;
  evidence: Evidence[];
  citations: Citation[];
  author: string | null;
  edit_distance: number | null;
  reason: string | null;
  note: string | null;
  decided_name: string | null;
  decided_at: Date | null;
  created_at: Date;
  project_id: number;
  issue_number: number;
  prefix: string;
  slug: string;
  issue_title: string;
  level: string;
  issue_status: string;
  service: string;
  event_count: string;
  user_count: number;
  last_seen: Date;
  known_entry_id: number | null;
  entry_title: string | null;
  entry_status: string | null;
  disputed: boolean | null;
  component: string | null;
  /** What orders the queue: how much would be won by deciding. */
  priority: number;
}

/**
 * Volume × missing knowledge: an issue nobody has an answer for counts in full, one whose answer failed by half. What
 * somebody muted or resolved comes last: nobody waits for it.
 */
export const PRIORITY = `(ln(1 + i.event_count::float8) * CASE
  WHEN i.status IN ('muted', 'resolved') THEN 0 WHEN i.known_entry_id IS NULL THEN 1 ELSE 0.5 END)::float8`;

export const SUGGESTION_SELECT = `
  SELECT s.id, s.status, s.kind, s.entry_id, s.draft, s.score, s.confidence, s.evidence, s.citations, s.author,
    s.edit_distance, s.reason, s.note, s.decided_name,
    s.decided_at, s.created_at, s.project_id, s.issue_number, p.prefix, p.slug, i.title AS issue_title, i.level,
    i.status AS issue_status, i.service, i.event_count, i.user_count, i.last_seen, i.known_entry_id,
    e.title AS entry_title, e.status AS entry_status, e.disputed, e.component, ${PRIORITY} AS priority
  FROM suggestion s
  JOIN issue i ON i.project_id = s.project_id AND i.number = s.issue_number
  JOIN project p ON p.id = s.project_id
  LEFT JOIN entry e ON e.id = s.entry_id`;

export function toSuggestion(
  row: SuggestionColumns,
  records: ReadonlyMap<number, { trackRecord: TrackRecord }>,
): Suggestion {
  return {
    id: String(row.id),
    status: row.status as SuggestionStatus,
    kind: row.kind as Suggestion['kind'],
    issue: {
      id: shortId(row.prefix, row.issue_number),
      project: row.slug,
      title: row.issue_title,
      level: levelSchema.parse(row.level),
      status: row.issue_status as IssueStatus,
      service: row.service,
      events: Number(row.event_count),
      users: row.user_count,
      last_seen: row.last_seen.toISOString(),
      known: row.known_entry_id !== null,
    },
    entry:
      row.entry_id === null
        ? null
        : {
            id: entryId(row.entry_id),
            title: row.entry_title ?? '',
            status: row.entry_status as EntryStatus,
            disputed: row.disputed ?? false,
            component: row.component ?? '',
            track_record: records.get(row.entry_id)?.trackRecord ?? NO_TRACK_RECORD,
          },
    draft: row.draft === null ? null : storedContent(row.draft),
    score: row.score,
    confidence: row.confidence,
    evidence: row.evidence,
    citations: row.citations,
    author: row.author as Suggestion['author'],
    edit_distance: row.edit_distance,
    reason: row.reason as RejectReason | null,
    note: row.note,
    decided_by: row.decided_name,
    decided_at: row.decided_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  };
}
