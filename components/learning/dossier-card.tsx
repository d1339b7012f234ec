'use client';

import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { RecurrenceDossier } from '@/lib/learning/dossier-schema';
import { Badge } from '../ui/badge';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { DefinitionList } from '../ui/definition-list';
import { RelativeTime } from '../ui/relative-time';
import { dossierQuery } from './queries';

/** Why the fix may not have held: what was done, and all that is different since. Nothing where it holds. */
export function DossierCard({ issueId }: { issueId: string }) {
  const { data } = useQuery(dossierQuery(issueId));
  const dossier = data?.recurrence;
  if (!dossier) return null;
  return (
    <Card aria-label="Recurrence dossier">
      <SectionHeader
        className="border-line border-b"
        title={
          <span className="flex items-center gap-2">
            <TriangleAlert aria-hidden className="size-4 text-critical-fg" />
            Why it may have come back
          </span>
        }
        meta={<Badge tone="critical">Fix did not hold</Badge>}
      />
      <CardBody className="pt-3 text-sm">
        <DefinitionList items={factsOf(issueId, dossier)} />
      </CardBody>
    </Card>
  );
}

function factsOf(issueId: string, dossier: RecurrenceDossier): { term: string; value: ReactNode }[] {
  const { frames, messages } = dossier;
  return [
    {
      term: 'The fix before',
      value: (
        <>
          <Link href={`/knowledge/${dossier.entry}`} className="font-mono text-accent-fg hover:underline">
            {dossier.entry}
          </Link>
          , approved by {dossier.approved_by} <RelativeTime value={dossier.applied_at} />
          {dossier.release ? ` in ${dossier.release}` : ''}
        </>
      ),
    },
    {
      term: 'Came back',
      value: (
        <>
          <RelativeTime value={dossier.recurred_at} />
          {dossier.recurred_release ? ` in ${dossier.recurred_release}` : ''}
          {dossier.recurred_event ? (
            <>
              {', '}
              <Link
                href={`/issues/${issueId}?event=${dossier.recurred_event}`}
                className="text-accent-fg hover:underline"
              >
                the event
              </Link>
            </>
          ) : null}
        </>
      ),
    },
    {
      term: 'Releases since',
      value:
        dossier.releases.length === 0
          ? 'None: it is not a release that undid it'
          : dossier.releases.map((release) => release.version).join(', '),
    },
    {
      term: 'The entry since',
      value:
        dossier.revisions.length === 0 ? (
          'Not changed'
        ) : (
          <ul>
            {dossier.revisions.map((revision) => (
              <li key={revision.version}>
                Revision {revision.version}, {revision.action} by {revision.author}
                {revision.reason ? `: ${revision.reason}` : ''}
              </li>
            ))}
          </ul>
        ),
    },
    {
      term: 'Our frames',
      value:
        frames.gone.length + frames.added.length === 0 ? (
          'The same way through our code'
        ) : (
          <ul className="font-mono text-xs">
            {frames.added.slice(0, 6).map((frame) => (
              <li key={`+${frame}`} className="break-all text-critical-fg">
                + {frame}
              </li>
            ))}
            {frames.gone.slice(0, 6).map((frame) => (
              <li key={`-${frame}`} className="break-all text-muted">
                − {frame}
              </li>
            ))}
          </ul>
        ),
    },
    ...(messages
      ? [
          {
            term: 'The message',
            value: (
              <div className="space-y-1 font-mono text-xs">
                <p className="line-clamp-3 break-words text-muted">was {messages.before}</p>
                <p className="line-clamp-3 break-words">is {messages.after}</p>
              </div>
            ),
          },
        ]
      : []),
    {
      term: 'Prevention left undone',
      value:
        dossier.prevention_undone.length === 0 ? (
          'None was written down as open'
        ) : (
          <ul className="list-disc pl-4">
            {dossier.prevention_undone.map((item, index) => (
              <li key={index}>
                {item.text}
                {item.owner ? ` (${item.owner})` : ''}
              </li>
            ))}
          </ul>
        ),
    },
  ];
}
