import { type Entry, type EntryContent, type EntrySummary, entryContentSchema, type TrackRecord } from './entry-schema';
import { isStale } from './entry-state';
import { type EntryStatus, entryId } from './entry-words';

/** What the rows of `entry` have in common, however they were read. */
export interface EntryRowBase {
  id: number;
  externalId: string | null;
  status: string;
  origin: string;
  disputed: boolean;
  version: number;
  nextReview: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const EMPTY: EntryContent = entryContentSchema.parse({ title: '?' });
export const NO_TRACK_RECORD: TrackRecord = {
  watching: 0,
  held: 0,
  recurred: 0,
  inconclusive: 0,
  median_resolution_minutes: null,
};

/** Stored content; a field that did not exist yet when it was written is empty. */
export const storedContent = (content: unknown): EntryContent => ({ ...EMPTY, ...(content as EntryContent) });

/** The date of a `date` column, as `YYYY-MM-DD`. */
export const dateOf = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;

const flags = (row: EntryRowBase, now: Date) => ({
  id: entryId(row.id),
  external_id: row.externalId,
  status: row.status as EntryStatus,
  origin: row.origin as Entry['origin'],
  disputed: row.disputed,
  stale: isStale(row.status as EntryStatus, dateOf(row.nextReview), now),
  version: row.version,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});

export function toEntry(
  row: EntryRowBase & { content: unknown; source: unknown; publishedAt: Date | null; updatedBy: string | null },
  more: { trackRecord: TrackRecord; owner: Entry['owner'] },
  now: Date,
): Entry {
  return {
    ...storedContent(row.content),
    ...flags(row, now),
    source: (row.source ?? null) as Entry['source'],
    owner: more.owner,
    track_record: more.trackRecord,
    published_at: row.publishedAt?.toISOString() ?? null,
    updated_by: row.updatedBy,
  };
}

export function toEntrySummary(
  row: EntryRowBase & { title: string; category: string; severity: string | null; component: string; tags: string[] },
  more: { trackRecord: TrackRecord; issues: number },
  now: Date,
): EntrySummary {
  return {
    ...flags(row, now),
    title: row.title,
    category: row.category,
    severity: row.severity as EntrySummary['severity'],
    component: row.component,
    tags: row.tags,
    next_review: dateOf(row.nextReview),
    track_record: more.trackRecord,
    issues: more.issues,
  };
}
