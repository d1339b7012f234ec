import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { GroupingRulesView } from '@/components/settings/grouping-rules-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { can } from '@/lib/auth/viewer';
import { AppError } from '@/lib/errors';
import { loadGroupingRules } from '@/lib/grouping/grouping-rules.server';
import { getProject } from '@/lib/projects/manage-projects.server';

export const metadata: Metadata = { title: 'Grouping rules' };

export default async function GroupingRulesPage({ params }: { params: Promise<{ projectId: string }> }) {
  const viewer = await getViewer();
  if (!can(viewer, 'admin')) notFound();
  const { projectId } = await params;
  const [project, rules] = await Promise.all([
    getProject({ viewer, projectId, origin: 'http://localhost' }),
    loadGroupingRules({ viewer, projectId }),
  ]).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  });
  return <GroupingRulesView key={project.id} project={project} initial={rules} />;
}
