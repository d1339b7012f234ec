import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReleaseView } from '@/components/releases/release-view';
import { releaseHealth } from '@/lib/analytics/release-health.server';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { AppError } from '@/lib/errors';
import { readPageScope, type SearchParams } from '../../../page-scope';

interface PageProps {
  params: Promise<{ project: string; version: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).version).slice(0, 80) };
}

export default async function ReleasePage({ params, searchParams }: PageProps) {
  const [viewer, { project, version }, search] = await Promise.all([getViewer(), params, searchParams]);
  const slug = decodeURIComponent(project);
  const { scope } = await readPageScope(search);
  const release = await releaseHealth({
    viewer,
    project: slug,
    version: decodeURIComponent(version),
    scope: { ...scope, project: slug },
  }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  return <ReleaseView release={release} />;
}
