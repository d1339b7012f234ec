import type { Metadata } from 'next';
import { SectionsView } from '@/components/guide/sections-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { listGuideSections } from '@/lib/guide/guide-sections.server';
import { getSettings } from '@/lib/settings/settings.server';

export const metadata: Metadata = { title: 'Guide sections' };

export default async function GuideSectionsPage() {
  const viewer = await getViewer();
  const [sections, settings] = await Promise.all([listGuideSections({ viewer }), getSettings()]);
  return <SectionsView title={settings.guide_title} initial={sections} />;
}
