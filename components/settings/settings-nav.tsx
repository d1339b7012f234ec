'use client';

import { usePathname } from 'next/navigation';
import { SETTINGS_PAGES } from '../layout/navigation';
import { useViewer } from '../layout/viewer';
import { TabLinks } from '../ui/tabs';

/** The settings pages this person may open. */
export function SettingsNav() {
  const path = usePathname();
  const { can } = useViewer();
  return (
    <TabLinks
      label="Settings"
      value={SETTINGS_PAGES.find(({ href }) => path === href || path.startsWith(`${href}/`))?.href ?? path}
      items={SETTINGS_PAGES.filter((page) => !page.adminOnly || can('admin')).map((page) => ({
        value: page.href,
        href: page.href,
        label: page.label,
      }))}
    />
  );
}
