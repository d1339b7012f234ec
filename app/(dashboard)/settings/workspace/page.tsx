import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { WorkspaceView } from '@/components/settings/workspace-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { can } from '@/lib/auth/viewer';
import { listProjects } from '@/lib/projects/manage-projects.server';
import { getSettings } from '@/lib/settings/settings.server';

export const metadata: Metadata = { title: 'Workspace' };

export default async function WorkspacePage() {
  const viewer = await getViewer();
  if (!can(viewer, 'admin')) notFound();
  const [settings, projects] = await Promise.all([getSettings(), listProjects({ viewer, origin: 'http://localhost' })]);
  return <WorkspaceView initial={settings} hasDemo={projects.data.some((project) => project.demo)} />;
}
