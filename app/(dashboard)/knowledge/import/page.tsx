import type { Metadata } from 'next';
import { ImportView } from '@/components/knowledge/import-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { assertCan } from '@/lib/auth/viewer';

export const metadata: Metadata = { title: 'Import' };

export default async function ImportPage() {
  assertCan(await getViewer(), 'write');
  return <ImportView />;
}
