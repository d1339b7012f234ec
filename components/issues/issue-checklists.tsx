'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ListChecks, X } from 'lucide-react';
import { api } from '@/lib/http/client';
import type { Checklist } from '@/lib/issues/checklist-schema';
import { Can, useViewer } from '../layout/viewer';
import { Button } from '../ui/button';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { Checkbox } from '../ui/checkbox';
import { Menu, MenuItem } from '../ui/dropdown-menu';
import { IconButton } from '../ui/icon-button';
import { RelativeTime } from '../ui/relative-time';
import { toastError, toastUndo } from '../ui/toast';
import { checklistPath, checklistsQuery, sectionsQuery } from './checklist-queries';

/** Lists of the guide, ticked off for this issue. Nothing is shown where there are none and none can be made. */
export function IssueChecklists({ issueId }: { issueId: string }) {
  const client = useQueryClient();
  const { data } = useQuery(checklistsQuery(issueId));
  const { data: sections } = useQuery(sectionsQuery);
  const refresh = () => client.invalidateQueries({ queryKey: ['issues', issueId] });
  const change = useMutation({
    mutationFn: (deed: () => Promise<unknown>) => deed(),
    onSuccess: refresh,
    onError: (error) => toastError(error, 'The checklist was not changed'),
  });
  const remove = ({ id, title }: Checklist) => {
    const address = `${checklistPath(issueId)}/${id}`;
    change.mutate(() => api.delete(address), {
      onSuccess: () => toastUndo(`Removed ${title}`, () => change.mutate(() => api.put(address, {}))),
    });
  };
  const lists = data?.data ?? [];
  const offered = sections?.data ?? [];
  if (lists.length === 0 && offered.length === 0) return null;
  return (
    <Card>
      <SectionHeader
        title="Checklists"
        meta={lists.length > 0 ? String(lists.length) : undefined}
        actions={
          offered.length > 0 ? (
            <Can scope="write">
              <Menu
                trigger={
                  <Button size="sm" loading={change.isPending}>
                    <ListChecks />
                    Add checklist
                  </Button>
                }
              >
                {offered.map(({ slug, title, items }) => (
                  <MenuItem
                    key={slug}
                    onSelect={() => change.mutate(() => api.post(checklistPath(issueId), { section: slug }))}
                  >
                    {title} ({items})
                  </MenuItem>
                ))}
              </Menu>
            </Can>
          ) : null
        }
      />
      {lists.length > 0 ? (
        <CardBody className="space-y-5">
          {lists.map((list) => (
            <TickedList
              key={list.id}
              list={list}
              busy={change.isPending}
              onTick={(index, done) =>
                change.mutate(() => api.patch(`${checklistPath(issueId)}/${list.id}`, { index, done }))
              }
              onRemove={() => remove(list)}
            />
          ))}
        </CardBody>
      ) : null}
    </Card>
  );
}

interface TickedListProps {
  list: Checklist;
  busy: boolean;
  onTick: (index: number, done: boolean) => void;
  onRemove: () => void;
}

function TickedList({ list, busy, onTick, onRemove }: TickedListProps) {
  const mayWrite = useViewer().can('write');
  const done = list.items.filter(({ done_at }) => done_at !== null).length;
  return (
    <section aria-label={list.title}>
      <div className="mb-1.5 flex items-center gap-2">
        <h3 className="font-medium text-sm">{list.title}</h3>
        <span className="text-faint text-xs tabular-nums">
          {done} of {list.items.length}
        </span>
        {mayWrite ? (
          <IconButton
            icon={<X />}
            size="sm"
            label={`Remove ${list.title}`}
            className="ml-auto"
            disabled={busy}
            onClick={onRemove}
          />
        ) : null}
      </div>
      <ul className="space-y-1.5">
        {list.items.map((item, index) => (
          // Items have no name of their own and never move.
          <li key={index}>
            {item.group !== '' && item.group !== list.items[index - 1]?.group ? (
              <p className="mt-2 mb-1 text-faint text-xs">{item.group}</p>
            ) : null}
            <Checkbox
              checked={item.done_at !== null}
              disabled={!mayWrite || busy}
              onCheckedChange={(checked) => onTick(index, checked === true)}
              label={item.text}
              hint={
                item.done_at ? (
                  <>
                    {item.done_by}, <RelativeTime value={item.done_at} />
                  </>
                ) : undefined
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
