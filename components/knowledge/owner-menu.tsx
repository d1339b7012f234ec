'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { Entry } from '@/lib/knowledge/entry-schema';
import { useViewer } from '../layout/viewer';
import { membersQuery } from '../settings/queries';
import { Button } from '../ui/button';
import { Menu, MenuItem, MenuSeparator } from '../ui/dropdown-menu';
import { toastError } from '../ui/toast';
import { entryQuery, knowledgeApi } from './queries';

/** Who looks after the entry; changed in place. */
export function OwnerMenu({ entry }: { entry: Entry }) {
  const viewer = useViewer();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const members = useQuery({ ...membersQuery, enabled: open });
  const change = useMutation({
    mutationFn: (owner: string | null) => knowledgeApi.setOwner(entry.id, owner),
    onSuccess: (saved) => client.setQueryData(entryQuery(entry.id).queryKey, saved),
    onError: (error) => toastError(error, 'The owner could not be changed'),
  });
  if (!viewer.can('write')) return entry.owner?.name ?? 'Nobody';
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      align="start"
      trigger={
        <Button size="sm" variant="ghost" className="-ml-2" loading={change.isPending} aria-label="Owner">
          {entry.owner?.name ?? 'Nobody'}
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      {viewer.id ? <MenuItem onSelect={() => change.mutate('me')}>Me</MenuItem> : null}
      {members.data?.data
        .filter((member) => member.id !== viewer.id && member.status === 'active')
        .map((member) => (
          <MenuItem key={member.id} onSelect={() => change.mutate(member.id)}>
            {member.name}
          </MenuItem>
        ))}
      <MenuSeparator />
      <MenuItem onSelect={() => change.mutate(null)}>Nobody</MenuItem>
    </Menu>
  );
}
