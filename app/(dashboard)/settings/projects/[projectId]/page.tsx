import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ProjectSettingsView } from '@/components/settings/project-settings-view';
import { projectDrops } from '@/lib/analytics/project-drops.server';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { listUsers } from '@/lib/auth/list-users.server';
import { can } from '@/lib/auth/viewer';
import { AppError } from '@/lib/errors';
import { getProject } from '@/lib/projects/manage-projects.server';

export const metadata: Metadata = { title: 'Project settings' };

export default async function ProjectSettingsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const viewer = await getViewer();
  if (!can(viewer, 'admin')) notFound();
  const { projectId } = await params;
  const [project, members] = await Promise.all([
    getProject({ viewer, projectId, origin: 'http://localhost' }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') notFound();
      throw error;
    }),
    listUsers({ viewer }),
  ]);
  const drops = await projectDrops({ viewer, projectId: String(project.id), days: 7, now: new Date() });
  const emails = members.data.filter((member) => member.status !== 'disabled').map((member) => member.email);
  return <ProjectSettingsView key={project.id} project={project} emails={emails} drops={drops} />;
}
