import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ImportView } from '@/components/knowledge/import-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { can } from '@/lib/auth/viewer';

export const metadata: Metadata = { title: 'Import' };

export default async function ImportPage() {
  if (!can(await getViewer(), 'write')) notFound();
  return <ImportView />;
}
