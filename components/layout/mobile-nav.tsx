'use client';

import { Menu } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../ui/icon-button';
import { Sheet } from '../ui/sheet';
import { Logo } from './logo';
import { SidebarNav } from './sidebar-nav';

/** The sidebar as a drawer, below 900 px. */
export function MobileNav() {
  const [open, setOpen] = useState(false);
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      side="left"
      title="Navigation"
      hideTitle
      className="w-64"
      trigger={<IconButton label="Open navigation" icon={<Menu />} className="md:hidden" />}
    >
      <div className="flex h-full flex-col">
        <div className="flex h-12 shrink-0 items-center px-4">
          <Logo />
        </div>
        <SidebarNav onNavigate={() => setOpen(false)} />
      </div>
    </Sheet>
  );
}
