'use client';

import { Keyboard, LogOut, Rows3, Rows4, User } from 'lucide-react';
import Link from 'next/link';
import { useTheme } from 'next-themes';
import { Avatar } from '../ui/avatar';
import { Menu, MenuItem, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuSeparator } from '../ui/dropdown-menu';
import { DENSITIES, readDensity } from './density';
import { THEMES } from './themes';
import type { TopBarProps } from './top-bar';
import { useViewer } from './viewer';

type UserMenuProps = Pick<TopBarProps, 'onShortcuts' | 'density' | 'onDensity'>;

async function leave(): Promise<void> {
  const { signOut } = await import('next-auth/react');
  await signOut({ callbackUrl: '/sign-in' });
}

/** Who is signed in; theme, density, account, shortcuts, sign out. */
export function UserMenu({ onShortcuts, density, onDensity }: UserMenuProps) {
  const viewer = useViewer();
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      className="w-56"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${viewer.name}`}
          className="ml-1 flex size-8 items-center justify-center rounded-full hover:bg-hover"
        >
          <Avatar name={viewer.name} />
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate font-medium">{viewer.name}</p>
        <p className="truncate text-faint text-xs">
          {viewer.email} · {viewer.role}
        </p>
      </div>
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/settings/account">
          <User aria-hidden />
          Account
        </Link>
      </MenuItem>
      <MenuItem icon={<Keyboard />} shortcut="?" onSelect={onShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuRadioGroup value={theme} onValueChange={setTheme}>
        {THEMES.map((each) => (
          <MenuRadioItem key={each.value} value={each.value} onSelect={(event) => event.preventDefault()}>
            <each.icon aria-hidden />
            {each.label}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      <MenuSeparator />
      <MenuLabel>Rows</MenuLabel>
      <MenuRadioGroup value={density} onValueChange={(value) => onDensity(readDensity(value))}>
        {DENSITIES.map(({ value, label }) => (
          <MenuRadioItem key={value} value={value} onSelect={(event) => event.preventDefault()}>
            {value === 'compact' ? <Rows4 aria-hidden /> : <Rows3 aria-hidden />}
            {label}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
