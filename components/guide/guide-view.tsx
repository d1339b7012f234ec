import { BookOpen, Download, FileArchive, FileJson, Printer } from 'lucide-react';
import Link from 'next/link';
import type { GuideFilter } from '@/lib/guide/guide-schema';
import type { OutlineChapter } from '@/lib/guide/render-guide';
import { withQuery } from '@/lib/http/client';
import type { EntryFacets } from '@/lib/knowledge/entry-input-schema';
import { Button, ButtonLink } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Markdown } from '../ui/markdown';
import { Page, PageHeader } from '../ui/page';
import { GuideContents } from './guide-contents';
import { GuideFilters } from './guide-filters';
import { GuideTabs } from './guide-tabs';

export interface DueEntry {
  id: string;
  title: string;
  /** `YYYY-MM-DD`. */
  nextReview: string;
  stale: boolean;
}

export interface GuideViewProps {
  title: string;
  markdown: string;
  outline: OutlineChapter[];
  filter: GuideFilter;
  facets: EntryFacets;
  /** What is to be reviewed next, the earliest first. */
  due: DueEntry[];
}

/** The guide as its readers get it, with contents beside it and the ways to take it along. */
export function GuideView({ title, markdown, outline, filter, facets, due }: GuideViewProps) {
  const query = { ...filter, status: filter.status?.join(',') };
  const narrowed = Object.values(query).some(Boolean);
  return (
    <Page>
      <PageHeader
        title={title}
        description="Everything published, as one document."
        actions={
          <>
            <ButtonLink href={withQuery('/guide/print', query)}>
              <Printer />
              Print
            </ButtonLink>
            <Button asChild>
              <a href={withQuery('/api/v1/guide.json', query)} download>
                <FileJson />
                JSON
              </a>
            </Button>
            <Button asChild>
              <a href={withQuery('/api/v1/guide.zip', query)} download>
                <FileArchive />
                Zip
              </a>
            </Button>
            <Button asChild variant="primary">
              <a href={withQuery('/api/v1/guide.md', query)} download="ERROR_PREVENTION_GUIDE.md">
                <Download />
                Export Markdown
              </a>
            </Button>
          </>
        }
      />
      <GuideTabs value="guide" />
      <GuideFilters filter={filter} facets={facets} />
      {outline.length === 0 ? (
        <EmptyState
          icon={<BookOpen />}
          action={
            narrowed ? (
              <ButtonLink href="/guide">Show the whole guide</ButtonLink>
            ) : (
              <ButtonLink href="/knowledge">Go to knowledge</ButtonLink>
            )
          }
        >
          {narrowed
            ? 'No entry matches this filter.'
            : 'Nothing is published yet: the guide grows with each entry you publish.'}
        </EmptyState>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[240px_minmax(0,1fr)]">
          <aside className="flex flex-col gap-6 lg:sticky lg:top-5 lg:max-h-[calc(100dvh-7rem)] lg:self-start lg:overflow-y-auto">
            <GuideContents outline={outline} />
            <NextReview due={due} />
          </aside>
          <article className="min-w-0 max-w-[860px]">
            <Markdown headingIds>{markdown}</Markdown>
          </article>
        </div>
      )}
    </Page>
  );
}

function NextReview({ due }: { due: DueEntry[] }) {
  if (due.length === 0) return null;
  return (
    <section className="text-sm">
      <h2 className="mb-1 px-2 font-medium text-2xs text-faint">Next review</h2>
      <ul>
        {due.map((entry) => (
          <li key={entry.id}>
            <Link
              href={`/knowledge/${entry.id}`}
              className="flex items-baseline justify-between gap-2 rounded-sm px-2 py-1 text-muted hover:bg-hover"
            >
              <span className="truncate" title={entry.title}>
                {entry.title}
              </span>
              <span className={`shrink-0 text-xs tabular-nums ${entry.stale ? 'text-warning-fg' : 'text-faint'}`}>
                {entry.stale ? 'due ' : ''}
                {entry.nextReview}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
