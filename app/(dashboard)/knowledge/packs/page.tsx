import type { Metadata } from 'next';
import { PacksView } from '@/components/knowledge/packs-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { can } from '@/lib/auth/viewer';
import { listPacks } from '@/lib/knowledge/packs.server';

export const metadata: Metadata = { title: 'Packs' };

export default async function PacksPage() {
  const viewer = await getViewer();
  return <PacksView initial={await listPacks({ viewer })} mayApply={can(viewer, 'review')} />;
}
