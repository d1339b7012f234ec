'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IssueDetail } from '@/lib/issues/issue-schema';
import type { SplitInput } from '@/lib/issues/split-schema';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { formatExact } from '../ui/format';
import { Input } from '../ui/input';
import { RadioGroup } from '../ui/radio-group';
import { Select } from '../ui/select';
import { toastDone, toastError, toastUndo } from '../ui/toast';
import { groupingsQuery, splitIssue } from './grouping-queries';
import { issuesApi, tagsQuery } from './queries';

const eventsOf = (count: number): string => `${formatExact(count)} ${count === 1 ? 'event' : 'events'}`;

function pickedLabel(count: number): string {
  if (count === 0) return 'Picked events';
  return count === 1 ? 'The picked event' : `The ${count} picked events`;
}

type Way = 'events' | 'hash' | 'tag' | 'message';

export interface SplitDialogProps {
  issue: IssueDetail;
  /** Ids of the events that were picked. */
  events: readonly string[];
  /** Pattern of the messages that are shown. */
  message: string | null;
  onClose: (done: boolean) => void;
}

/** "These events are not this issue": which ones, and what becomes of later ones like them. */
export function SplitDialog({ issue, events, message, onClose }: SplitDialogProps) {
  const client = useQueryClient();
  const [way, setWay] = useState<Way>(events.length > 0 ? 'events' : message ? 'message' : 'tag');
  const [hashes, setHashes] = useState<ReadonlySet<string>>(new Set());
  const [tag, setTag] = useState<string>();
  const [value, setValue] = useState<string>();
  const [pattern, setPattern] = useState(message ?? '');
  const [keepApart, setKeepApart] = useState(true);
  const groupings = useQuery(groupingsQuery(issue.id)).data?.data ?? [];
  const tags = useQuery(tagsQuery(issue.id)).data?.tags ?? [];
  const refresh = () => client.invalidateQueries({ queryKey: ['issues'] });

  const undo = useMutation({
    mutationFn: issuesApi.undo,
    onSuccess: ({ refused }) => (refused[0] ? toastError(refused[0].reason) : toastDone('The split was taken back')),
    onError: (error) => toastError(error),
    onSettled: refresh,
  });
  const split = useMutation({
    mutationFn: (input: SplitInput) => splitIssue(issue.id, input),
    onSuccess: (done) => {
      toastUndo(`Moved ${eventsOf(done.moved)} to ${done.issue.id}`, () => undo.mutate(done.undo));
      onClose(true);
    },
    onSettled: refresh,
  });

  const input = ((): SplitInput | null => {
    if (way === 'events') return events.length > 0 ? { events: [...events] } : null;
    if (way === 'hash') return hashes.size > 0 ? { hashes: [...hashes] } : null;
    if (way === 'tag')
      return tag && value !== undefined ? { where: [tagCondition(tag, value)], rule: keepApart } : null;
    return pattern.trim() ? { where: [{ field: 'message', patterns: [pattern.trim()] }], rule: keepApart } : null;
  })();
  const byValue = way === 'tag' || way === 'message';
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onClose(false)}
      title="Split off events that are not this issue"
      description={`They get an issue of their own, with their counts, people and dates. ${issue.id} keeps the rest, its fixes and its history.`}
      footer={
        <>
          <Button onClick={() => onClose(false)}>Cancel</Button>
          <Button
            variant="primary"
            loading={split.isPending}
            disabled={input === null}
            onClick={() => input && split.mutate(input)}
          >
            Split off
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {split.error ? <Alert tone="critical">{split.error.message}</Alert> : null}
        <RadioGroup<Way>
          aria-label="Which events"
          value={way}
          onValueChange={setWay}
          options={[
            { value: 'tag', label: 'Events with a tag', hint: 'A region, a customer, a service, an environment.' },
            { value: 'message', label: 'Events whose message has a form', hint: '* stands for anything.' },
            {
              value: 'hash',
              label: 'One of its groupings',
              hint: `${groupings.length} here. Later events of a grouping go to the new issue too.`,
              disabled: groupings.length < 2,
            },
            {
              value: 'events',
              label: pickedLabel(events.length),
              hint: 'Pick them in the list. Later events like them still come to this issue.',
              disabled: events.length === 0,
            },
          ]}
        />
        {way === 'tag' ? (
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="Tag">
              <Select
                value={tag}
                onValueChange={(next) => {
                  setTag(next);
                  setValue(undefined);
                }}
                options={tags.map(({ key }) => ({ value: key, label: key }))}
              />
            </Field>
            <Field label="Value">
              <Select
                value={value}
                disabled={!tag}
                onValueChange={setValue}
                options={(tags.find(({ key }) => key === tag)?.values ?? [])
                  .filter((each) => each.value !== '')
                  .map((each) => ({ value: each.value, label: `${each.value} (${each.events})` }))}
              />
            </Field>
          </div>
        ) : null}
        {way === 'message' ? (
          <Field label="Message">
            <Input
              className="font-mono"
              value={pattern}
              maxLength={500}
              placeholder="*timed out after * ms"
              onChange={(event) => setPattern(event.target.value)}
            />
          </Field>
        ) : null}
        {way === 'hash' ? (
          <ul className="flex max-h-60 flex-col gap-2 overflow-y-auto">
            {groupings.map((grouping) => (
              <li key={grouping.hash}>
                <Checkbox
                  checked={hashes.has(grouping.hash)}
                  onCheckedChange={() => {
                    const next = new Set(hashes);
                    if (!next.delete(grouping.hash)) next.add(grouping.hash);
                    setHashes(next);
                  }}
                  label={
                    <span className="font-mono text-xs">
                      {grouping.parts.map((part) => part.value).join(' · ') || grouping.hash}
                    </span>
                  }
                  hint={`${eventsOf(grouping.events)} stored · ${grouping.hash.slice(0, 8)}`}
                />
              </li>
            ))}
          </ul>
        ) : null}
        {byValue ? (
          <Checkbox
            checked={keepApart}
            onCheckedChange={(checked) => setKeepApart(checked === true)}
            label="Keep later events apart too"
            hint="Makes a grouping rule in the project's settings: of the events that would come here, those that fit go to the new issue. Without it only the stored events move."
          />
        ) : null}
      </div>
    </Dialog>
  );
}

/** Service, environment and release are fields of their own, though they are listed among the tags. */
function tagCondition(key: string, value: string): NonNullable<SplitInput['where']>[number] {
  const patterns = [value];
  if (key === 'service' || key === 'environment' || key === 'release') return { field: key, patterns };
  return { field: 'tag', key, patterns };
}
