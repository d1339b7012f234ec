'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { SearchHit } from '@/lib/search/search-schema';
import { entryQuery } from '../knowledge/queries';
import { TrackRecordLine } from '../knowledge/track-record-line';
import { Confidence } from '../review/confidence';
import { EvidenceList } from '../review/evidence-list';
import { ButtonLink } from '../ui/button';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { LateMarkdown } from '../ui/late-markdown';
import { SkeletonRows } from '../ui/skeleton';

/** The answer to a pasted error: the entry, its cure, how sure, and why. */
export function KnownFixCard({ hit, match }: { hit: SearchHit; match: NonNullable<SearchHit['match']> }) {
  const entry = useQuery(entryQuery(hit.id));
  return (
    <Card aria-label="Known fix" className="mb-4">
      <SectionHeader
        className="border-line border-b"
        title="Known fix"
        actions={<Confidence value={match.confidence} className="text-xs" />}
      />
      <CardBody className="grid gap-5 pt-3 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex min-w-0 flex-col gap-3">
          <p className="font-medium text-base">
            <Link href={hit.url} className="hover:underline">
              <span className="mr-1.5 font-mono font-normal text-faint text-xs">{hit.id}</span>
              {hit.title}
            </Link>
          </p>
          {entry.data ? (
            <>
              <p className="text-xs">
                <TrackRecordLine record={entry.data.track_record} none="Never applied yet" />
              </p>
              {entry.data.root_cause ? <LateMarkdown shiftHeadings={3}>{entry.data.root_cause}</LateMarkdown> : null}
              {entry.data.solutions.slice(0, 2).map((solution, index) => (
                <div key={index} className="border-success border-l-2 pl-4">
                  {solution.title ? <p className="mb-1 font-medium">{solution.title}</p> : null}
                  <LateMarkdown shiftHeadings={3}>{solution.steps}</LateMarkdown>
                </div>
              ))}
            </>
          ) : entry.isError ? null : (
            <SkeletonRows rows={3} />
          )}
          <div>
            <ButtonLink href={hit.url} size="sm">
              Open the entry
            </ButtonLink>
          </div>
        </div>
        <section className="min-w-0">
          <h3 className="mb-2 font-medium text-faint text-xs">Why</h3>
          <EvidenceList evidence={match.evidence} most={5} />
        </section>
      </CardBody>
    </Card>
  );
}
