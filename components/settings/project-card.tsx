'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/lib/http/client';
import type { ProjectDto, ProjectKeyDto } from '@/lib/projects/project-schema';
import { Can, useViewer } from '../layout/viewer';
import { Badge } from '../ui/badge';
import { Button, ButtonLink } from '../ui/button';
import { Card, SectionHeader } from '../ui/card';
import { CopyButton } from '../ui/copy-button';
import { IconButton } from '../ui/icon-button';
import { RelativeTime } from '../ui/relative-time';
import { Switch } from '../ui/switch';
import { Cell, HeaderCell, Row, Table, TableHeader } from '../ui/table';
import { toastError, toastUndo } from '../ui/toast';
import { KeyDialog } from './key-dialog';
import { ProjectDialog } from './project-dialog';
import { projectsQuery } from './queries';

/** One project: its name and its keys. */
export function ProjectCard({ project }: { project: ProjectDto }) {
  const [renaming, setRenaming] = useState(false);
  const [addingKey, setAddingKey] = useState(false);
  return (
    <Card>
      <SectionHeader
        className="border-line border-b"
        title={project.name}
        meta={
          <span className="flex items-center gap-2">
            <code className="font-mono">{project.slug}</code>
            {project.demo ? <Badge quiet>sample data</Badge> : null}
          </span>
        }
        actions={
          <>
            <Can scope="admin">
              <IconButton label="Rename project" size="sm" icon={<Pencil />} onClick={() => setRenaming(true)} />
              <Button size="sm" variant="ghost" icon={<Plus />} onClick={() => setAddingKey(true)}>
                Key
              </Button>
              <ButtonLink
                size="sm"
                variant="ghost"
                icon={<SlidersHorizontal />}
                href={`/settings/projects/${project.slug}`}
              >
                Settings
              </ButtonLink>
            </Can>
            <ButtonLink size="sm" href={`/setup/connect?project=${project.slug}`}>
              How to connect
            </ButtonLink>
          </>
        }
      />
      <Table frame={false}>
        <TableHeader>
          <HeaderCell className="pl-4">Key</HeaderCell>
          <HeaderCell>DSN</HeaderCell>
          <HeaderCell>Last used</HeaderCell>
          <HeaderCell align="right" className="pr-4">
            On
          </HeaderCell>
        </TableHeader>
        <tbody>
          {project.keys.map((key) => (
            <KeyRow key={key.id} projectId={project.id} projectKey={key} />
          ))}
        </tbody>
      </Table>
      <ProjectDialog open={renaming} onOpenChange={setRenaming} project={project} />
      <KeyDialog open={addingKey} onOpenChange={setAddingKey} project={project} />
    </Card>
  );
}

function KeyRow({ projectId, projectKey: key }: { projectId: number; projectKey: ProjectKeyDto }) {
  const { can } = useViewer();
  const queryClient = useQueryClient();
  const update = useMutation({
    mutationFn: (enabled: boolean) => api.patch(`/api/v1/projects/${projectId}/keys/${key.id}`, { enabled }),
    onSuccess: (_, enabled) => {
      if (!enabled) toastUndo(`Key “${key.label}” is off`, () => update.mutate(true));
    },
    onError: (error) => toastError(error, 'The key was not changed'),
    onSettled: () => queryClient.invalidateQueries(projectsQuery),
  });
  return (
    <Row>
      <Cell className="whitespace-nowrap pl-4">{key.label}</Cell>
      <Cell className="w-full max-w-0">
        <span className="flex items-center gap-1">
          <code className={`truncate font-mono text-xs ${key.enabled ? '' : 'text-faint line-through'}`}>
            {key.dsn}
          </code>
          <CopyButton text={key.dsn} label="Copy DSN" />
        </span>
      </Cell>
      <Cell className="whitespace-nowrap text-muted">
        <RelativeTime value={key.last_used_at} none="never" />
      </Cell>
      <Cell align="right" className="pr-4">
        {can('admin') ? (
          <Switch
            aria-label={`Key ${key.label} accepts events`}
            checked={update.isPending ? update.variables : key.enabled}
            onCheckedChange={(enabled) => update.mutate(enabled)}
          />
        ) : (
          <Badge tone={key.enabled ? 'success' : 'neutral'}>{key.enabled ? 'on' : 'off'}</Badge>
        )}
      </Cell>
    </Row>
  );
}
