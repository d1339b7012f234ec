'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, ClipboardCopy, ExternalLink, Link2, Ticket, X } from 'lucide-react';
import { useState } from 'react';
import type { EventDetail, IssueDetail } from '@/lib/issues/issue-schema';
import { trackerAddress } from '@/lib/projects/tracker-template';
import { useViewer } from '../layout/viewer';
import { FormDialog } from '../settings/form-dialog';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/dropdown-menu';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { toastDone, toastError, toastUndo } from '../ui/toast';
import { issueMarkdown, ticketTitle } from './issue-markdown';
import { issuesApi, linksQuery } from './queries';

interface IssueAndEvent {
  issue: IssueDetail;
  /** Whose stack goes into the ticket. */
  event: EventDetail | undefined;
}

/** The way to other trackers: the issue as Markdown, a new ticket already filled in, a link to one there is. */
export function TicketMenu({ issue, event }: IssueAndEvent) {
  const canWrite = useViewer().can('write');
  const [linking, setLinking] = useState(false);
  const { data } = useQuery(linksQuery(issue.id));
  const markdown = () => issueMarkdown(issue, event, location.origin);
  const copy = () =>
    copyText(markdown()).then(
      () => toastDone('Copied as Markdown'),
      (cause) => toastError(cause, 'Not copied'),
    );
  const open = (template: string) => {
    const words = { title: ticketTitle(issue), body: markdown(), url: `${location.origin}/issues/${issue.id}` };
    window.open(trackerAddress(template, words), '_blank', 'noopener,noreferrer');
  };
  return (
    <>
      <Menu
        trigger={
          <Button icon={<Ticket />}>
            Ticket
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={<ClipboardCopy />} shortcut="c" onSelect={() => void copy()}>
          Copy as Markdown
        </MenuItem>
        {data && data.trackers.length > 0 ? (
          <>
            <MenuSeparator />
            <MenuLabel>New ticket in</MenuLabel>
            {data.trackers.map(({ name, template }, index) => (
              <MenuItem key={index} icon={<ExternalLink />} onSelect={() => open(template)}>
                {name}
              </MenuItem>
            ))}
          </>
        ) : null}
        {canWrite ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<Link2 />} onSelect={() => setLinking(true)}>
              Link a ticket
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <LinkDialog issueId={issue.id} open={linking} onOpenChange={setLinking} />
    </>
  );
}

function LinkDialog(props: { issueId: string; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { issueId, open, onOpenChange } = props;
  const refresh = useRefresh(issueId);
  const add = useMutation({
    mutationFn: (url: string) => issuesApi.addLink(issueId, { url }),
    onSuccess: ({ label }) => {
      onOpenChange(false);
      toastDone(`Linked to ${label}`);
    },
    onSettled: refresh,
  });
  const errors = fieldErrors(add.error, ['url']);
  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => {
        add.reset();
        onOpenChange(next);
      }}
      title="Link a ticket"
      description="A ticket, pull request or page where this error is worked on."
      submitLabel="Link"
      loading={add.isPending}
      error={errors.rest}
      onSubmit={(data) => add.mutate(String(data.get('url')))}
    >
      <Field label="Address" error={errors.of('url')}>
        <Input name="url" type="url" required maxLength={2000} autoFocus placeholder="https://" />
      </Field>
    </FormDialog>
  );
}

/** The tickets of an issue, in its header. */
export function IssueLinks({ issueId }: { issueId: string }) {
  const canWrite = useViewer().can('write');
  const { data } = useQuery(linksQuery(issueId));
  const refresh = useRefresh(issueId);
  const restore = useMutation({
    mutationFn: ({ url, label }: { url: string; label: string }) => issuesApi.addLink(issueId, { url, label }),
    onError: (error) => toastError(error),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) => issuesApi.removeLink(issueId, id),
    onSuccess: (link) => toastUndo(`Took ${link.label} off`, () => restore.mutate(link)),
    onError: (error) => toastError(error),
    onSettled: refresh,
  });
  if (!data || data.data.length === 0) return null;
  return (
    <ul aria-label="Tickets" className="mt-2 flex flex-wrap gap-1.5">
      {data.data.map((link) => (
        <li key={link.id} className="flex h-7 min-w-0 items-center rounded-md border border-line pl-2 text-xs">
          <a
            href={link.url}
            target="_blank"
            rel="noopener noreferrer"
            title={`${link.url} (linked by ${link.created_by})`}
            className="flex min-w-0 items-center gap-1.5 pr-2 text-accent-fg hover:underline"
          >
            <ExternalLink aria-hidden className="size-3.5 shrink-0" />
            <span className="truncate">{link.label}</span>
          </a>
          {canWrite ? (
            <IconButton
              size="sm"
              label={`Take the link to ${link.label} off`}
              icon={<X />}
              disabled={remove.isPending}
              onClick={() => remove.mutate(link.id)}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Links change the history too. */
function useRefresh(issueId: string) {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['issues', 'one', issueId, 'activity'] });
    return client.invalidateQueries(linksQuery(issueId));
  };
}
