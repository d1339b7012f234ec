import type { Metadata } from 'next';
import { GuideView } from '@/components/guide/guide-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { guideFilterSchema } from '@/lib/guide/guide-schema';
import { loadGuide } from '@/lib/guide/load-guide.server';
import { guideBody } from '@/lib/guide/render-guide';
import { entryFacets } from '@/lib/knowledge/entry-facets.server';
import { isStale } from '@/lib/knowledge/entry-state';

export const metadata: Metadata = { title: 'Guide' };

/** Entries listed as due next. */
const DUE_SHOWN = 8;

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function GuidePage({ searchParams }: { searchParams: Search }) {
  const viewer = await getViewer();
  const now = new Date();
  // An address that makes no sense shows the whole guide rather than an error.
  const parsed = guideFilterSchema.safeParse(await searchParams);
  const filter = parsed.success ? parsed.data : {};
  const [guide, facets] = await Promise.all([
    loadGuide({ viewer, filter, now }),
    entryFacets({ viewer, filter: { ...filter, status: filter.status ?? ['published'] }, now }),
  ]);
  const due = guide.entries
    .flatMap(({ id, title, status, next_review }) =>
      next_review ? [{ id, title, nextReview: next_review, stale: isStale(status, next_review, now) }] : [],
    )
    .sort((a, b) => (a.nextReview < b.nextReview ? -1 : 1))
    .slice(0, DUE_SHOWN);
  return <GuideView title={guide.title} {...guideBody(guide)} filter={filter} facets={facets} due={due} />;
}
