import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { EntryEditor } from '@/components/knowledge/entry-editor';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { can } from '@/lib/auth/viewer';
import { AppError } from '@/lib/errors';
import { getEntry } from '@/lib/knowledge/get-entry.server';

export const metadata: Metadata = { title: 'Edit entry' };

export default async function EditEntryPage({ params }: { params: Promise<{ entryId: string }> }) {
  const { entryId } = await params;
  const viewer = await getViewer();
  if (!can(viewer, 'write')) redirect(`/knowledge/${entryId}`);
  const entry = await getEntry({ viewer, id: entryId, now: new Date() }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  return <EntryEditor key={entry.id} entry={entry} />;
}
