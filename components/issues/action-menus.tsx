'use client';

import { useQuery } from '@tanstack/react-query';
import { BellOff, CheckCheck, ChevronDown, RotateCcw, UserRound } from 'lucide-react';
import type { IssueStatus, MuteRule } from '@/lib/issues/issue-state';
import { DAY_MS, HOUR_MS } from '@/lib/time';
import { useViewer } from '../layout/viewer';
import { membersQuery } from '../settings/queries';
import { Button, type ButtonProps } from '../ui/button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/dropdown-menu';
import type { BulkRequest } from './queries';

/** What a menu asks for; the ids are the caller's. */
export type Deed = Omit<BulkRequest, 'ids'>;

interface MenuProps {
  onDeed: (deed: Deed) => void;
  size?: ButtonProps['size'];
  disabled?: boolean;
}

export function ResolveMenu({
  onDeed,
  size,
  disabled,
  variant,
  release,
}: MenuProps & { variant?: ButtonProps['variant']; release?: string | null }) {
  return (
    <Menu
      trigger={
        <Button variant={variant} size={size} disabled={disabled} icon={<CheckCheck />}>
          Resolve
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      <MenuItem shortcut="e" onSelect={() => onDeed({ action: 'resolve', resolve_in: 'now' })}>
        Now
      </MenuItem>
      {release ? (
        <MenuItem onSelect={() => onDeed({ action: 'resolve', resolve_in: 'release', release })}>
          In this release, {release}
        </MenuItem>
      ) : null}
      <MenuItem onSelect={() => onDeed({ action: 'resolve', resolve_in: 'next_release' })}>
        In the next release
      </MenuItem>
    </Menu>
  );
}

const COUNTS = [10, 100, 1000];

const untilAfter = (ms: number): MuteRule => ({
  kind: 'until_time',
  until: new Date(Date.now() + ms).toISOString(),
});

export function MuteMenu({ onDeed, size, disabled }: MenuProps) {
  const mute = (rule: MuteRule) => onDeed({ action: 'mute', mute: rule });
  return (
    <Menu
      trigger={
        <Button size={size} disabled={disabled} icon={<BellOff />}>
          Mute
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      <MenuItem shortcut="m" onSelect={() => mute({ kind: 'forever' })}>
        For ever
      </MenuItem>
      <MenuItem onSelect={() => mute({ kind: 'until_escalating' })}>Until it escalates</MenuItem>
      <MenuSeparator />
      <MenuLabel>Until a time</MenuLabel>
      <MenuItem onSelect={() => mute(untilAfter(HOUR_MS))}>1 hour</MenuItem>
      <MenuItem onSelect={() => mute(untilAfter(DAY_MS))}>1 day</MenuItem>
      <MenuItem onSelect={() => mute(untilAfter(7 * DAY_MS))}>1 week</MenuItem>
      <MenuSeparator />
      <MenuLabel>Until more events</MenuLabel>
      {COUNTS.map((count) => (
        <MenuItem key={count} onSelect={() => mute({ kind: 'until_count', count })}>
          {count.toLocaleString('en-US')} more events
        </MenuItem>
      ))}
      <MenuItem onSelect={() => mute({ kind: 'until_rate', count: 100, minutes: 60 })}>100 events in an hour</MenuItem>
    </Menu>
  );
}

export function AssignMenu({ onDeed, size, disabled, current }: MenuProps & { current?: { name: string } | null }) {
  const viewer = useViewer();
  const { data } = useQuery({ ...membersQuery, staleTime: 5 * 60_000 });
  const others = (data?.data ?? []).filter((member) => member.id !== viewer.id && member.status !== 'disabled');
  return (
    <Menu
      trigger={
        <Button size={size} disabled={disabled} icon={<UserRound />}>
          {current?.name ?? 'Assign'}
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      {viewer.id ? (
        <MenuItem shortcut="a" onSelect={() => onDeed({ action: 'assign', assignee: viewer.id })}>
          To me
        </MenuItem>
      ) : null}
      {others.map((member) => (
        <MenuItem key={member.id} onSelect={() => onDeed({ action: 'assign', assignee: member.id })}>
          {member.name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => onDeed({ action: 'assign', assignee: null })}>Nobody</MenuItem>
    </Menu>
  );
}

/** Reopens what is resolved, unmutes what is muted; nothing for open issues. */
export function ReopenButton({ status, onDeed, size, disabled }: MenuProps & { status: IssueStatus }) {
  if (status !== 'resolved' && status !== 'muted') return null;
  return (
    <Button
      size={size}
      disabled={disabled}
      icon={<RotateCcw />}
      onClick={() => onDeed({ action: status === 'resolved' ? 'reopen' : 'unmute' })}
    >
      {status === 'resolved' ? 'Reopen' : 'Unmute'}
    </Button>
  );
}
