'use client';

import { useQuery } from '@tanstack/react-query';
import { History, ListTree, Pencil } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { Entry } from '@/lib/knowledge/entry-schema';
import type { EntryField } from '@/lib/knowledge/field-text';
import { MINUTE_MS } from '@/lib/time';
import { Can } from '../layout/viewer';
import { Alert } from '../ui/alert';
import { Button, ButtonLink } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { DefinitionList } from '../ui/definition-list';
import { Duration } from '../ui/duration';
import { EmptyState } from '../ui/empty-state';
import { Page, PageHeader } from '../ui/page';
import { RelativeTime } from '../ui/relative-time';
import { BackTestPanel } from './back-test-panel';
import { BlameLine, FieldAside } from './blame-line';
import { EntryActions } from './entry-actions';
import { EntryStatusBadges, SeverityBadge } from './entry-badges';
import { EntryFields } from './entry-fields';
import { EntryIssues } from './entry-issues';
import { EntryTags } from './entry-tags';
import { OwnerMenu } from './owner-menu';
import { PreventionChecklist } from './prevention-checklist';
import { blameQuery, entryQuery } from './queries';
import { ReviewThreads } from './review-threads';
import { fixCount, TrackRecordLine } from './track-record-line';

const RevisionsSheet = dynamic(() => import('./revisions-sheet').then((module) => module.RevisionsSheet), {
  ssr: false,
});

const ORIGIN_WORDS: Record<Entry['origin'], string> = {
  human: 'Written here',
  import: 'Imported',
  learned: 'Drafted by learning',
};

/** One entry: what it says, how its fixes fared, where it was applied, and what may be done with it. */
export function EntryView({ initial }: { initial: Entry }) {
  const { data: entry } = useQuery({ ...entryQuery(initial.id), initialData: initial });
  const [revisionsOpen, setRevisionsOpen] = useState(false);
  const [blaming, setBlaming] = useState(false);
  const [commented, setCommented] = useState<EntryField | null>(null);
  const blame = useQuery({ ...blameQuery(initial.id), enabled: blaming });
  const shownBlame = blaming ? blame.data : undefined;
  const empty = !entry.symptoms && !entry.root_cause && entry.solutions.length === 0 && !entry.notes;
  return (
    <Page>
      <PageHeader
        title={entry.title}
        meta={
          <>
            <span className="flex items-center font-mono text-faint text-xs">
              {entry.id}
              <CopyButton text={entry.id} label="Copy the id" size="sm" />
            </span>
            <EntryStatusBadges {...entry} />
          </>
        }
        actions={
          <>
            <Button
              icon={<ListTree />}
              aria-pressed={blaming}
              variant={blaming ? 'secondary' : 'ghost'}
              onClick={() => setBlaming(!blaming)}
            >
              Blame
            </Button>
            <Button icon={<History />} onClick={() => setRevisionsOpen(true)}>
              Revisions
            </Button>
            <Can scope="write">
              <ButtonLink href={`/knowledge/${entry.id}/edit`} icon={<Pencil />}>
                Edit
              </ButtonLink>
            </Can>
            <EntryActions entry={entry} />
          </>
        }
      />
      {entry.disputed ? (
        <Alert tone="warning" className="mb-4">
          A fix made from this entry did not hold. Check whether the solution is still right, then edit or verify it.
        </Alert>
      ) : null}
      {entry.stale ? (
        <Alert tone="warning" className="mb-4">
          It was to be reviewed by {entry.next_review}. If it still holds, verify it.
        </Alert>
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_280px]">
        <article className="min-w-0 max-w-[860px]">
          {empty ? (
            <EmptyState
              action={
                <Can scope="write">
                  <ButtonLink href={`/knowledge/${entry.id}/edit`} icon={<Pencil />}>
                    Write it
                  </ButtonLink>
                </Can>
              }
            >
              There is only a title so far.
            </EmptyState>
          ) : (
            <EntryFields
              content={entry}
              prevention={<PreventionChecklist entry={entry} />}
              aside={(field) => (
                <FieldAside
                  field={field}
                  blame={shownBlame?.fields.find((each) => each.field === field)?.revision}
                  onComment={setCommented}
                />
              )}
              solutionAside={(index) => <BlameLine revision={shownBlame?.solutions[index]} />}
            />
          )}
          {entry.signatures.length > 0 ? (
            <section className="mt-6" aria-label="Back-test">
              <BackTestPanel signatures={entry.signatures} entryId={entry.id} />
            </section>
          ) : null}
          <div className="mt-8">
            <ReviewThreads entry={entry} field={commented} onField={setCommented} />
          </div>
        </article>
        <aside className="flex flex-col gap-6">
          <section>
            <h2 className="mb-2 font-semibold text-sm">Track record</h2>
            <p className="text-sm">
              <TrackRecordLine record={entry.track_record} none="It was not applied to any issue yet." />
            </p>
            {fixCount(entry.track_record) > 0 && entry.track_record.median_resolution_minutes !== null ? (
              <p className="mt-1 text-faint text-xs">
                Median time to resolve <Duration ms={entry.track_record.median_resolution_minutes * MINUTE_MS} />
              </p>
            ) : null}
          </section>
          <EntryIssues id={entry.id} />
          <section>
            <h2 className="mb-2 font-semibold text-sm">About</h2>
            <DefinitionList
              items={[
                { term: 'Category', value: entry.category },
                { term: 'Severity', value: entry.severity ? <SeverityBadge severity={entry.severity} /> : null },
                { term: 'Component', value: entry.component },
                { term: 'Tags', value: entry.tags.length > 0 ? <EntryTags tags={entry.tags} /> : null },
                { term: 'First seen', value: entry.first_seen },
                {
                  term: 'Resolved in',
                  value:
                    entry.resolution_minutes === null ? null : <Duration ms={entry.resolution_minutes * MINUTE_MS} />,
                },
                { term: 'Next review', value: entry.next_review },
                { term: 'Owner', value: <OwnerMenu entry={entry} /> },
                { term: 'Origin', value: ORIGIN_WORDS[entry.origin] },
                { term: 'Source', value: entry.source ? <SourceLine source={entry.source} /> : null },
                { term: 'External id', value: entry.external_id },
                {
                  term: 'Updated',
                  value: (
                    <>
                      <RelativeTime value={entry.updated_at} />
                      {entry.updated_by ? ` by ${entry.updated_by}` : ''}
                    </>
                  ),
                },
                { term: 'Published', value: entry.published_at ? <RelativeTime value={entry.published_at} /> : null },
              ]}
            />
          </section>
        </aside>
      </div>
      {revisionsOpen ? <RevisionsSheet entry={entry} open onOpenChange={setRevisionsOpen} /> : null}
    </Page>
  );
}

const SourceLine = ({ source }: { source: NonNullable<Entry['source']> }) => (
  <span className="break-all text-xs" title={source.heading ?? undefined}>
    {source.document}
    {source.line ? `:${source.line}` : ''}
  </span>
);
