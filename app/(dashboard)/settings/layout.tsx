import type { ReactNode } from 'react';
import { SettingsNav } from '@/components/settings/settings-nav';
import { Page, PageHeader } from '@/components/ui/page';

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <Page className="max-w-[1008px]">
      <PageHeader title="Settings" className="mb-1" />
      <SettingsNav />
      <div className="pt-6">{children}</div>
    </Page>
  );
}
