import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { NO_TRACK_RECORD, toEntry } from '../knowledge/entry-dto';
import type { TrackRecord } from '../knowledge/entry-schema';
import { trackRecords } from '../knowledge/track-record.server';
import { getSettings } from '../settings/settings.server';
import type { Guide, GuideFilter } from './guide-schema';
import { toSection } from './guide-sections.server';

/** All the guide holds: the published entries (or those of the statuses asked for) under the filter, and every section. */
export async function loadGuide({
  viewer,
  filter,
  now,
}: {
  viewer: Viewer;
  filter: GuideFilter;
  now: Date;
}): Promise<Guide> {
  assertCan(viewer, 'read');
  const [settings, rows, sections] = await Promise.all([
    getSettings(),
    getDb().entry.findMany({
      where: {
        status: { in: filter.status?.length ? filter.status : ['published'] },
        ...(filter.category ? { category: filter.category } : {}),
        ...(filter.severity ? { severity: filter.severity } : {}),
        ...(filter.component ? { component: filter.component } : {}),
        ...(filter.tag ? { tags: { has: filter.tag } } : {}),
      },
      orderBy: { id: 'asc' },
      omit: { searchText: true },
    }),
    getDb().guideSection.findMany({ orderBy: [{ position: 'asc' }, { slug: 'asc' }] }),
  ]);
  const records = await trackRecords(rows.map((row) => row.id));
  return {
    title: settings.guide_title,
    entries: rows.map((row) =>
      toEntry(
        row,
        {
          trackRecord: sumRecords(row.carriedRecord as TrackRecord | null, records.get(row.id)?.trackRecord ?? null),
          owner: null,
        },
        now,
      ),
    ),
    sections: sections.map(toSection),
  };
}

/** What an entry did before it came here and since. The median is the one of here as soon as there is one. */
function sumRecords(carried: TrackRecord | null, own: TrackRecord | null): TrackRecord {
  if (!carried || !own) return own ?? carried ?? NO_TRACK_RECORD;
  return {
    watching: carried.watching + own.watching,
    held: carried.held + own.held,
    recurred: carried.recurred + own.recurred,
    inconclusive: carried.inconclusive + own.inconclusive,
    median_resolution_minutes: own.median_resolution_minutes ?? carried.median_resolution_minutes,
  };
}
