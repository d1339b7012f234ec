'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowUpRight, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import type { EntryContent } from '@/lib/knowledge/entry-schema';
import type { Suggestion } from '@/lib/learning/learning-schema';
import { REASON_LABELS, type RejectReason } from '@/lib/learning/reject-reasons';
import { StatusBadge } from '../issues/issue-badges';
import { issueQuery } from '../issues/queries';
import { ContentDiff } from '../knowledge/content-diff';
import { EntryStatusBadges } from '../knowledge/entry-badges';
import { EntryFields } from '../knowledge/entry-fields';
import { entryQuery } from '../knowledge/queries';
import { TrackRecordLine } from '../knowledge/track-record-line';
import { CitationList } from '../learning/citation-list';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { CodeBlock } from '../ui/code-block';
import { ErrorState } from '../ui/error-state';
import { RelativeTime } from '../ui/relative-time';
import { Segmented } from '../ui/segmented';
import { ShortNumber } from '../ui/short-number';
import { SkeletonRows } from '../ui/skeleton';
import { Confidence } from './confidence';
import { draftedBy } from './drafted-by';
import { EditAcceptSheet } from './edit-accept-sheet';
import { EvidenceList } from './evidence-list';
import type { SuggestionEdit } from './queries';
import { RejectDialog } from './reject-dialog';
import { SuggestionActions } from './suggestion-actions';

export interface SuggestionDetailProps {
  suggestion: Suggestion;
  canReview: boolean;
  busy: boolean;
  /** Which of its dialogs is open; held outside so that keys can open them. */
  dialog: 'edit' | 'reject' | null;
  onDialog: (dialog: 'edit' | 'reject' | null) => void;
  onAccept: (edit?: SuggestionEdit & { version?: number }) => void;
  onReject: (reason: RejectReason, note: string) => void;
  onUndo: () => void;
}

/** The answer on the left, what speaks for it on the right, the decision above both. */
export function SuggestionDetail(props: SuggestionDetailProps) {
  const { suggestion, canReview, busy, dialog, onDialog } = props;
  const entryId = suggestion.entry?.id;
  const entry = useQuery({ ...entryQuery(entryId ?? ''), enabled: entryId !== undefined });
  const content: EntryContent | undefined = suggestion.draft ?? entry.data;
  const pending = suggestion.status === 'pending';
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <IssueHead suggestion={suggestion} />
      {canReview && pending ? (
        <SuggestionActions
          kind={suggestion.kind}
          keys
          busy={busy}
          onAccept={() => props.onAccept()}
          onEdit={content ? () => onDialog('edit') : undefined}
          onReject={() => onDialog('reject')}
        />
      ) : null}
      {pending ? null : <DecisionLine {...props} />}
      <div className="grid min-w-0 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_340px]">
        <Card>
          <EntryHead suggestion={suggestion} />
          <CardBody className="pt-3">
            {suggestion.draft && entry.data ? (
              <ProposedChange before={entry.data} after={suggestion.draft} />
            ) : content ? (
              <EntryFields content={content} level={3} />
            ) : entry.isError ? (
              <ErrorState
                title="The entry could not be loaded"
                why={entry.error.message}
                onRetry={() => void entry.refetch()}
              />
            ) : (
              <SkeletonRows rows={6} />
            )}
          </CardBody>
        </Card>
        <div className="flex min-w-0 flex-col gap-4">
          <Card>
            <SectionHeader
              title={suggestion.citations.length > 0 ? 'Where each sentence comes from' : 'Evidence'}
              actions={<Confidence value={suggestion.confidence} className="text-xs" />}
            />
            <CardBody className="pt-1">
              {suggestion.citations.length > 0 ? (
                <CitationList citations={suggestion.citations} />
              ) : (
                <EvidenceList evidence={suggestion.evidence} />
              )}
            </CardBody>
          </Card>
          <ErrorCard issueId={suggestion.issue.id} />
        </div>
      </div>
      {content ? (
        <EditAcceptSheet
          key={suggestion.id}
          open={dialog === 'edit'}
          onOpenChange={(open) => onDialog(open ? 'edit' : null)}
          content={content}
          loading={busy}
          onAccept={(edit) => props.onAccept({ ...edit, ...(entry.data ? { version: entry.data.version } : {}) })}
        />
      ) : null}
      <RejectDialog
        open={dialog === 'reject'}
        onOpenChange={(open) => onDialog(open ? 'reject' : null)}
        loading={busy}
        onReject={props.onReject}
      />
    </div>
  );
}

/** New words for a known entry: what changes first, the whole on demand. */
function ProposedChange({ before, after }: { before: EntryContent; after: EntryContent }) {
  const [shows, setShows] = useState<'changes' | 'whole'>('changes');
  return (
    <>
      <div className="mb-3">
        <Segmented
          size="sm"
          label="What is shown"
          value={shows}
          onValueChange={setShows}
          options={[
            { value: 'changes', label: 'Changes' },
            { value: 'whole', label: 'Whole entry' },
          ]}
        />
      </div>
      {shows === 'changes' ? <ContentDiff before={before} after={after} /> : <EntryFields content={after} level={3} />}
    </>
  );
}

function IssueHead({ suggestion: { issue } }: { suggestion: Suggestion }) {
  return (
    <div className="min-w-0">
      <h2 className="break-words font-medium font-mono text-sm leading-5">
        <Link href={`/issues/${issue.id}`} className="hover:underline">
          {issue.title}
        </Link>
      </h2>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
        <StatusBadge issue={{ status: issue.status, resolution: null, mute: null }} />
        <Link href={`/issues/${issue.id}`} className="inline-flex items-center gap-0.5 text-accent-fg hover:underline">
          {issue.id}
          <ArrowUpRight aria-hidden className="size-3" />
        </Link>
        <span>{issue.service}</span>
        <span>
          <ShortNumber value={issue.events} /> {issue.events === 1 ? 'event' : 'events'}
        </span>
        {issue.users > 0 ? (
          <span>
            <ShortNumber value={issue.users} /> {issue.users === 1 ? 'person' : 'people'}
          </span>
        ) : null}
        <span>
          last seen <RelativeTime value={issue.last_seen} />
        </span>
        {issue.known && issue.status === 'regressed' ? <Badge tone="warning">The fix before did not hold</Badge> : null}
      </p>
    </div>
  );
}

function EntryHead({ suggestion: { entry, draft, author } }: { suggestion: Suggestion }): ReactNode {
  if (!entry)
    return (
      <SectionHeader
        title={draft?.title ?? 'Draft'}
        meta={<Badge tone="violet">New draft</Badge>}
        description={draftedBy(author)}
        className="border-line border-b"
      />
    );
  return (
    <SectionHeader
      className="border-line border-b"
      title={
        <Link href={`/knowledge/${entry.id}`} className="hover:underline">
          <span className="mr-1.5 font-mono font-normal text-faint text-xs">{entry.id}</span>
          {draft?.title ?? entry.title}
        </Link>
      }
      meta={<EntryStatusBadges status={entry.status} disputed={entry.disputed} stale={false} />}
      description={<TrackRecordLine record={entry.track_record} none="Never applied yet" />}
    />
  );
}

function DecisionLine({ suggestion, canReview, busy, onUndo }: SuggestionDetailProps) {
  const accepted = suggestion.status === 'accepted';
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-surface px-4 py-2.5 text-sm">
      <span className="min-w-0 flex-1">
        <Badge tone={accepted ? 'success' : 'neutral'} dot>
          {accepted ? 'Accepted' : suggestion.status === 'rejected' ? 'Rejected' : 'Superseded'}
        </Badge>{' '}
        {suggestion.reason ? `${REASON_LABELS[suggestion.reason]} · ` : ''}
        {suggestion.decided_by ? <>{suggestion.decided_by}, </> : null}
        <RelativeTime value={suggestion.decided_at} />
        {suggestion.note ? <span className="mt-1 block whitespace-pre-wrap text-muted">{suggestion.note}</span> : null}
      </span>
      {canReview ? (
        <Button size="sm" icon={<Undo2 />} disabled={busy} onClick={onUndo}>
          Take back
        </Button>
      ) : null}
    </div>
  );
}

/** The error itself: what the answer is held against. */
function ErrorCard({ issueId }: { issueId: string }) {
  const issue = useQuery(issueQuery(issueId));
  if (!issue.data) return null;
  const { value, type, culprit } = issue.data;
  return (
    <Card>
      <SectionHeader title="The error" />
      <CardBody className="flex flex-col gap-2">
        <CodeBlock bare wrap maxHeight={200} code={[type, value].filter(Boolean).join(': ') || issue.data.title} />
        {culprit ? <p className="break-all font-mono text-faint text-xs">{culprit}</p> : null}
      </CardBody>
    </Card>
  );
}
