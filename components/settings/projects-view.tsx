'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ProjectDto } from '@/lib/projects/project-schema';
import { Can } from '../layout/viewer';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { ProjectCard } from './project-card';
import { ProjectDialog } from './project-dialog';
import { projectsQuery } from './queries';

/** Projects with their capture keys. */
export function ProjectsView({ initial }: { initial: ProjectDto[] }) {
  const { data, error, refetch } = useQuery({ ...projectsQuery, initialData: { data: initial } });
  const [creating, setCreating] = useState(false);
  if (error && data.data.length === 0)
    return <ErrorState title="The projects could not be loaded" why={error.message} onRetry={() => void refetch()} />;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-4">
        <p className="max-w-xl text-muted">
          A project owns events and issues. Its keys can only send events, so they may stand in code that ships.
        </p>
        <Can scope="admin">
          <Button variant="primary" icon={<Plus />} onClick={() => setCreating(true)}>
            New project
          </Button>
        </Can>
      </div>
      {data.data.length === 0 ? (
        <EmptyState>There is no project yet, so nothing can send errors here.</EmptyState>
      ) : (
        data.data.map((project) => <ProjectCard key={project.id} project={project} />)
      )}
      <ProjectDialog open={creating} onOpenChange={setCreating} />
    </div>
  );
}
