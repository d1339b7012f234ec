'use client';

import { useViewer } from '../layout/viewer';
import { TabLinks } from '../ui/tabs';

/** The sides of the guide: what it says, the free text in it, and where it goes. */
export function GuideTabs({ value }: { value: 'guide' | 'sections' | 'publishing' }) {
  const { can } = useViewer();
  return (
    <TabLinks
      label="Guide"
      value={value}
      className="mb-5"
      items={[
        { value: 'guide', label: 'Guide', href: '/guide' },
        { value: 'sections', label: 'Sections', href: '/guide/sections' },
        ...(can('admin') ? [{ value: 'publishing', label: 'Publishing', href: '/guide/publishing' }] : []),
      ]}
    />
  );
}
