import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PublishingView } from '@/components/guide/publishing-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { can } from '@/lib/auth/viewer';
import { getPublishing } from '@/lib/guide/publish-settings.server';
import { getSettings } from '@/lib/settings/settings.server';

export const metadata: Metadata = { title: 'Publish the guide' };

export default async function GuidePublishingPage() {
  const viewer = await getViewer();
  if (!can(viewer, 'admin')) notFound();
  const [publishing, settings] = await Promise.all([getPublishing({ viewer }), getSettings()]);
  return <PublishingView title={settings.guide_title} initial={publishing} />;
}
