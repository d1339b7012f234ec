'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { User } from '@/lib/auth/user-schema';
import { api } from '@/lib/http/client';
import { Can, useViewer } from '../layout/viewer';
import { Avatar } from '../ui/avatar';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/dropdown-menu';
import { IconButton } from '../ui/icon-button';
import { RelativeTime } from '../ui/relative-time';
import { Select } from '../ui/select';
import { Cell, HeaderCell, Row, Table, TableHeader } from '../ui/table';
import { toastError, toastUndo } from '../ui/toast';
import { InviteDialog } from './invite-dialog';
import { membersQuery } from './queries';
import { ROLE_LABEL, ROLE_OPTIONS } from './role-words';

const STATUS_TONE: Record<User['status'], Tone> = { active: 'success', invited: 'violet', disabled: 'neutral' };

/** Who may do what. */
export function MembersView({ initial }: { initial: User[] }) {
  const { data } = useQuery({ ...membersQuery, initialData: { data: initial } });
  const [inviting, setInviting] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-4">
        <p className="text-muted">Members are invited by a one-time link, which you pass on.</p>
        <Can scope="admin">
          <Button variant="primary" icon={<UserPlus />} onClick={() => setInviting(true)}>
            Invite member
          </Button>
        </Can>
      </div>
      <Table>
        <TableHeader>
          <HeaderCell>Member</HeaderCell>
          <HeaderCell>Status</HeaderCell>
          <HeaderCell className="hidden sm:table-cell">Last seen</HeaderCell>
          <HeaderCell>Role</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHeader>
        <tbody>
          {data.data.map((member) => (
            <MemberRow key={member.id} member={member} />
          ))}
        </tbody>
      </Table>
      <InviteDialog open={inviting} onOpenChange={setInviting} />
    </div>
  );
}

type Change = Partial<Pick<User, 'role'>> & { disabled?: boolean };

function MemberRow({ member }: { member: User }) {
  const viewer = useViewer();
  const queryClient = useQueryClient();
  const update = useMutation({
    mutationFn: (change: Change) => api.patch<User>(`/api/v1/users/${member.id}`, change),
    onError: (error) => toastError(error, 'The member was not changed'),
    onSettled: () => queryClient.invalidateQueries(membersQuery),
  });
  const apply = (change: Change, undo: Change, message: string) =>
    update.mutate(change, { onSuccess: () => toastUndo(message, () => update.mutate(undo)) });
  const isSelf = member.id === viewer.id;
  const disabled = member.status === 'disabled';
  return (
    <Row className={disabled ? 'text-faint' : undefined}>
      <Cell>
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={member.name} />
          <span className="min-w-0">
            <span className="font-medium">{member.name}</span>
            {isSelf ? <span className="text-faint"> (you)</span> : null}
            <span className="block text-faint text-xs sm:ml-2 sm:inline">{member.email}</span>
          </span>
        </span>
      </Cell>
      <Cell>
        <Badge tone={STATUS_TONE[member.status]} dot quiet>
          {member.status}
        </Badge>
      </Cell>
      <Cell className="hidden whitespace-nowrap text-muted sm:table-cell">
        <RelativeTime value={member.last_seen_at} none="never" />
      </Cell>
      <Cell className="w-36">
        {viewer.can('admin') && !disabled ? (
          <Select
            size="sm"
            aria-label={`Role of ${member.name}`}
            options={ROLE_OPTIONS}
            value={member.role}
            onValueChange={(role) =>
              apply({ role }, { role: member.role }, `${member.name} is now ${ROLE_LABEL[role].toLowerCase()}`)
            }
          />
        ) : (
          ROLE_LABEL[member.role]
        )}
      </Cell>
      <Cell align="right" className="w-12">
        {viewer.can('admin') && !isSelf ? (
          <Menu trigger={<IconButton label={`Actions for ${member.name}`} size="sm" icon={<Ellipsis />} />}>
            {disabled ? (
              <MenuItem onSelect={() => update.mutate({ disabled: false })}>Enable again</MenuItem>
            ) : (
              <MenuItem
                danger
                onSelect={() =>
                  apply({ disabled: true }, { disabled: false }, `${member.name} is disabled and signed out`)
                }
              >
                Disable
              </MenuItem>
            )}
          </Menu>
        ) : null}
      </Cell>
    </Row>
  );
}
