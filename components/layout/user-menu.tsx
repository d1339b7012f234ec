'use client';

import { Keyboard, LogOut, User } from 'lucide-react';
import Link from 'next/link';
import { useTheme } from 'next-themes';
import { Avatar } from '../ui/avatar';
import { Menu, MenuItem, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuSeparator } from '../ui/dropdown-menu';
import { THEMES } from './themes';
import { useViewer } from './viewer';

async function leave(): Promise<void> {
  const { signOut } = await import('next-auth/react');
  await signOut({ callbackUrl: '/sign-in' });
}

/** Who is signed in; theme, account, shortcuts, sign out. */
export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
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
      <MenuItem icon={<LogOut />} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
