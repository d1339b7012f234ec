import { TabLinks } from '../ui/tabs';

/** The two sides of the guide: what it says, and the free text in it. */
export function GuideTabs({ value }: { value: 'guide' | 'sections' }) {
  return (
    <TabLinks
      label="Guide"
      value={value}
      className="mb-5"
      items={[
        { value: 'guide', label: 'Guide', href: '/guide' },
        { value: 'sections', label: 'Sections', href: '/guide/sections' },
      ]}
    />
  );
}
