import { notFound, redirect } from 'next/navigation';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { AppError } from '@/lib/errors';
import { getProject } from '@/lib/projects/manage-projects.server';

/** The step in the breadcrumb between all releases and one of a project. */
export default async function ProjectReleasesPage({ params }: { params: Promise<{ project: string }> }) {
  const [viewer, { project }] = await Promise.all([getViewer(), params]);
  const { slug } = await getProject({
    viewer,
    projectId: decodeURIComponent(project),
    origin: 'http://localhost',
  }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  redirect(`/releases?project=${encodeURIComponent(slug)}`);
}
