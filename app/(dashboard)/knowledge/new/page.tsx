import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { EntryEditor } from '@/components/knowledge/entry-editor';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { can } from '@/lib/auth/viewer';

export const metadata: Metadata = { title: 'New entry' };

export default async function NewEntryPage() {
  const viewer = await getViewer();
  if (!can(viewer, 'write')) redirect('/knowledge');
  return <EntryEditor entry={null} />;
}
