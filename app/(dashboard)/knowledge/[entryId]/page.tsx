import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { EntryView } from '@/components/knowledge/entry-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { AppError } from '@/lib/errors';
import { getEntry } from '@/lib/knowledge/get-entry.server';

type Params = Promise<{ entryId: string }>;

const load = cache(async (id: string) => {
  const viewer = await getViewer();
  return getEntry({ viewer, id, now: new Date() }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
});

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const entry = await load((await params).entryId);
  return { title: `${entry.id} ${entry.title}` };
}

export default async function EntryPage({ params }: { params: Params }) {
  const entry = await load((await params).entryId);
  return <EntryView key={entry.id} initial={entry} />;
}
