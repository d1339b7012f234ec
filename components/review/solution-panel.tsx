'use client';

import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { Issue } from '@/lib/issues/issue-schema';
import type { EntryContent } from '@/lib/knowledge/entry-schema';
import type { Suggestion } from '@/lib/learning/learning-schema';
import { VerdictBadge } from '../issues/issue-badges';
import { issueQuery } from '../issues/queries';
import { entryQuery } from '../knowledge/queries';
import { TrackRecordLine } from '../knowledge/track-record-line';
import { useViewer } from '../layout/viewer';
import { CitationList } from '../learning/citation-list';
import { DidItHelp } from '../learning/did-it-help';
import { NothingKnown } from '../learning/nothing-known';
import { dossierQuery } from '../learning/queries';
import { TrackRecordWords } from '../learning/track-record';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { ErrorState } from '../ui/error-state';
import { LateMarkdown } from '../ui/late-markdown';
import { SkeletonRows } from '../ui/skeleton';
import { Confidence } from './confidence';
import { draftedBy } from './drafted-by';
import { EvidenceList } from './evidence-list';
import { issueSuggestionsQuery } from './queries';
import { RejectDialog } from './reject-dialog';
import { SuggestionActions } from './suggestion-actions';
import { useDecisions } from './use-decisions';

/** What to do about an issue: its known fix with its track record, else what may solve it and why, else the way to write it down. */
export function SolutionPanel({ issueId }: { issueId: string }) {
  const issue = useQuery(issueQuery(issueId));
  const suggestions = useQuery(issueSuggestionsQuery(issueId));
  const waiting = suggestions.data?.data.filter((one) => one.status === 'pending') ?? [];
  if (issue.isPending || suggestions.isPending) {
    return (
      <Card>
        <SectionHeader title="Solution" />
        <CardBody>
          <SkeletonRows rows={3} />
        </CardBody>
      </Card>
    );
  }
  if (issue.isError || suggestions.isError) {
    const failed = issue.isError ? issue : suggestions;
    return (
      <Card>
        <ErrorState
          title="The solution could not be loaded"
          why={failed.error?.message}
          onRetry={() => void failed.refetch()}
        />
      </Card>
    );
  }
  const known = issue.data.known_fix;
  return (
    <div className="flex flex-col gap-4">
      {known ? <KnownFix issueId={issueId} fix={known} /> : null}
      {waiting.length > 0 ? <Suggested suggestions={waiting} /> : null}
      {!known && waiting.length === 0 ? <NothingKnown issueId={issueId} /> : null}
    </div>
  );
}

function KnownFix({ issueId, fix }: { issueId: string; fix: NonNullable<Issue['known_fix']> }) {
  const entry = useQuery(entryQuery(fix.entry));
  const failed = fix.disputed || fix.verdict === 'recurred';
  return (
    <Card aria-label="Known fix">
      <SectionHeader
        className="border-line border-b"
        title="Known fix"
        actions={fix.verdict ? <VerdictBadge verdict={fix.verdict} /> : null}
      />
      <CardBody className="flex flex-col gap-3 pt-3">
        {failed ? (
          <p className="flex items-start gap-2 rounded-md bg-warning-soft px-3 py-2 text-sm text-warning-fg">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            The error came back after this fix. Look for what is different before applying it again.
          </p>
        ) : null}
        <EntryTitle id={fix.entry} title={fix.title} />
        {entry.data ? (
          <>
            <p className="text-xs">
              <TrackRecordWords record={entry.data.track_record} />
              <Transfer issueId={issueId} />
            </p>
            <Answer content={entry.data} />
            <DidItHelp issueId={issueId} entry={fix.entry} />
          </>
        ) : (
          <EntryOnItsWay entry={entry} />
        )}
      </CardBody>
    </Card>
  );
}

/** In place of an entry's words, until they are there or where they do not come. */
function EntryOnItsWay({ entry }: { entry: { isError: boolean; error: Error | null; refetch: () => unknown } }) {
  if (!entry.isError) return <SkeletonRows rows={3} />;
  return (
    <ErrorState
      title="The entry could not be loaded"
      why={entry.error?.message}
      onRetry={() => void entry.refetch()}
      className="py-4"
    />
  );
}

/** That the fix comes from another service, while it is new in this one. */
function Transfer({ issueId }: { issueId: string }) {
  const { data } = useQuery(dossierQuery(issueId));
  if (!data?.transfer?.first_here) return null;
  return <span className="text-muted"> · first time here, used in {data.transfer.services.join(', ')} before</span>;
}

function Suggested({ suggestions }: { suggestions: readonly Suggestion[] }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const shown = suggestions.find((one) => one.id === openId) ?? suggestions[0];
  return (
    <Card aria-label="Suggested fixes">
      <SectionHeader
        className="border-line border-b"
        title={suggestions.length === 1 ? 'Suggested fix' : 'Suggested fixes'}
        meta={<Badge tone="violet">Waiting for review</Badge>}
      />
      <ul className="divide-y divide-line">
        {suggestions.map((suggestion) => (
          <li key={suggestion.id}>
            {suggestion.id === shown?.id ? (
              <OpenSuggestion suggestion={suggestion} />
            ) : (
              <button
                type="button"
                aria-expanded={false}
                onClick={() => setOpenId(suggestion.id)}
                className="flex w-full items-center gap-2 px-4 py-2.5 text-left text-sm transition-colors hover:bg-hover"
              >
                <span className="font-mono text-faint text-xs">{suggestion.entry?.id ?? 'Draft'}</span>
                <span className="min-w-0 flex-1 truncate">{suggestion.entry?.title ?? suggestion.draft?.title}</span>
                <Confidence value={suggestion.confidence} className="text-xs" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function OpenSuggestion({ suggestion }: { suggestion: Suggestion }) {
  const viewer = useViewer();
  const [rejecting, setRejecting] = useState(false);
  const [showsWhy, setShowsWhy] = useState(true);
  const { decide, busy } = useDecisions(() => setRejecting(false));
  const entryId = suggestion.entry?.id;
  const entry = useQuery({ ...entryQuery(entryId ?? ''), enabled: entryId !== undefined });
  const content = suggestion.draft ?? entry.data;
  return (
    <div className="flex flex-col gap-3 px-4 py-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <EntryTitle id={entryId} title={suggestion.draft?.title ?? suggestion.entry?.title ?? ''} />
          {suggestion.kind === 'draft' ? (
            <p className="mt-0.5 text-faint text-xs">{draftedBy(suggestion.author)}</p>
          ) : null}
        </div>
        <Confidence value={suggestion.confidence} className="text-xs leading-5" />
      </div>
      {suggestion.entry ? (
        <p className="text-xs">
          <TrackRecordLine record={suggestion.entry.track_record} none="Never applied yet" />
        </p>
      ) : null}
      {content ? <Answer content={content} /> : <EntryOnItsWay entry={entry} />}
      <div className="rounded-md border border-line bg-canvas px-3 py-2.5">
        <Button
          variant="ghost"
          size="sm"
          aria-expanded={showsWhy}
          className="-ml-2"
          onClick={() => setShowsWhy(!showsWhy)}
        >
          {suggestion.kind === 'draft' ? 'Where this comes from' : 'Why this was suggested'}
        </Button>
        {showsWhy ? (
          <div className="mt-2">
            {suggestion.citations.length > 0 ? (
              <CitationList citations={suggestion.citations} most={8} />
            ) : (
              <EvidenceList evidence={suggestion.evidence} most={5} />
            )}
          </div>
        ) : null}
      </div>
      {viewer.can('review') ? (
        <SuggestionActions
          kind={suggestion.kind}
          size="sm"
          busy={busy}
          onAccept={() => decide({ kind: 'accept', suggestion })}
          onReject={() => setRejecting(true)}
        />
      ) : null}
      <RejectDialog
        open={rejecting}
        onOpenChange={setRejecting}
        loading={busy}
        onReject={(reason, note) => decide({ kind: 'reject', suggestion, reason, note })}
      />
    </div>
  );
}

function EntryTitle({ id, title }: { id: string | undefined; title: string }) {
  if (!id) return <p className="font-medium">{title}</p>;
  return (
    <p className="font-medium">
      <Link href={`/knowledge/${id}`} className="hover:underline">
        <span className="mr-1.5 font-mono font-normal text-faint text-xs">{id}</span>
        {title}
      </Link>
    </p>
  );
}

/** Cause and cure, the two things one comes for. */
function Answer({ content }: { content: EntryContent }) {
  return (
    <div className="flex flex-col gap-3">
      {content.root_cause.trim() ? (
        <section>
          <h3 className="mb-1 font-medium text-faint text-xs">Root cause</h3>
          <LateMarkdown shiftHeadings={3}>{content.root_cause}</LateMarkdown>
        </section>
      ) : null}
      {content.solutions.map((solution, index) => (
        <section key={index}>
          <h3 className="mb-1 font-medium text-faint text-xs">
            {solution.title || (content.solutions.length > 1 ? `Solution ${index + 1}` : 'Solution')}
          </h3>
          <LateMarkdown shiftHeadings={3}>{solution.steps}</LateMarkdown>
        </section>
      ))}
    </div>
  );
}
