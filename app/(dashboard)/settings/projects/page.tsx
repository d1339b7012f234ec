import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { ProjectsView } from '@/components/settings/projects-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { publicOrigin } from '@/lib/http/origin.server';
import { listProjects } from '@/lib/projects/manage-projects.server';

export const metadata: Metadata = { title: 'Projects' };

export default async function ProjectsPage() {
  const viewer = await getViewer();
  const origin = publicOrigin(new Request('http://localhost', { headers: await headers() }));
  const { data } = await listProjects({ viewer, origin });
  return <ProjectsView initial={data} />;
}
