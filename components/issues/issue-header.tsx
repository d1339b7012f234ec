'use client';

import type { EventDetail, IssueDetail } from '@/lib/issues/issue-schema';
import { useViewer } from '../layout/viewer';
import { CopyButton } from '../ui/copy-button';
import { AssignMenu, type Deed, MuteMenu, ReopenButton, ResolveMenu } from './action-menus';
import { LevelIcon, StatusBadge } from './issue-badges';
import { IssueLinks, TicketMenu } from './issue-tickets';
import { IssueTitle } from './issue-title';

/** The error itself, and what can be done about it. */
export function IssueHeader({
  issue,
  event,
  busy,
  onDeed,
}: {
  issue: IssueDetail;
  /** The event that is shown. */
  event: EventDetail | undefined;
  busy: boolean;
  onDeed: (deed: Deed) => void;
}) {
  const canWrite = useViewer().can('write');
  const isOpen = issue.status !== 'resolved' && issue.status !== 'muted';
  return (
    <header className="mb-4">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex flex-wrap items-center gap-2">
          <LevelIcon level={issue.level} />
          <span className="font-mono text-muted text-sm">{issue.id}</span>
          <StatusBadge issue={issue} />
          {issue.resolution?.release ? (
            <span className="text-faint text-xs">
              {issue.resolution.mode === 'next_release' ? 'after' : 'in'}{' '}
              <span className="font-mono">{issue.resolution.release}</span>
            </span>
          ) : null}
        </div>
        {canWrite ? (
          <div className="flex flex-wrap items-center gap-2">
            <TicketMenu issue={issue} event={event} />
            <AssignMenu disabled={busy} current={issue.assignee} onDeed={onDeed} />
            {isOpen ? <MuteMenu disabled={busy} onDeed={onDeed} /> : null}
            <ReopenButton status={issue.status} disabled={busy} onDeed={onDeed} />
            {issue.status === 'resolved' ? null : (
              <ResolveMenu variant="primary" disabled={busy} release={issue.last_release} onDeed={onDeed} />
            )}
          </div>
        ) : (
          <div className="flex flex-wrap items-center gap-3 text-muted text-sm">
            {issue.assignee ? `Assigned to ${issue.assignee.name}` : null}
            <TicketMenu issue={issue} event={event} />
          </div>
        )}
      </div>
      <div className="group flex items-start gap-2">
        <h1 className="max-h-56 min-w-0 flex-1 overflow-y-auto whitespace-pre-wrap break-words font-medium font-mono text-base leading-6">
          <IssueTitle title={issue.title} template={issue.template} asTemplate />
        </h1>
        <CopyButton text={issue.title} label="Copy the error text" />
      </div>
      <IssueLinks issueId={issue.id} />
    </header>
  );
}
