'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { WatchedFixDto } from '@/lib/learning/dossier-schema';
import { VerdictBadge } from '../issues/issue-badges';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { RelativeTime } from '../ui/relative-time';
import { FixChart } from './fix-chart';
import { dossierQuery } from './queries';
import { TrackRecordWords } from './track-record';

/** The fixes of an issue, each with how the error came before and after. Nothing where none was applied. */
export function FixHistory({ issueId }: { issueId: string }) {
  const { data } = useQuery(dossierQuery(issueId));
  if (!data || data.fixes.length === 0) return null;
  return (
    <Card>
      <SectionHeader title={data.fixes.length === 1 ? 'The fix' : 'Fixes'} description="Before and after each" />
      <CardBody className="space-y-4 text-xs">
        {data.fixes.map((fix) => (
          <Fix key={fix.id} fix={fix} />
        ))}
      </CardBody>
    </Card>
  );
}

function Fix({ fix }: { fix: WatchedFixDto }) {
  return (
    <article className="space-y-1.5">
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0">
          <Link href={fix.url} className="text-accent-fg hover:underline">
            <span className="font-mono">{fix.entry}</span> {fix.title}
          </Link>
          <p className="text-faint">
            applied <RelativeTime value={fix.applied_at} /> by {fix.applied_by}
            {fix.release ? ` in ${fix.release}` : ''}
          </p>
        </div>
        <VerdictBadge verdict={fix.verdict} />
      </div>
      <FixChart fix={fix} />
      <p>
        <span className="text-faint">Everywhere: </span>
        <TrackRecordWords record={fix.track_record} />
      </p>
    </article>
  );
}
