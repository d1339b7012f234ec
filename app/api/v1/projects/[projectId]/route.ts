import { z } from 'zod';
import { publicOrigin } from '@/lib/http/origin.server';
import { route } from '@/lib/http/route.server';
import { getProject, updateProject } from '@/lib/projects/manage-projects.server';
import { projectSchema, projectUpdateSchema } from '@/lib/projects/project-schema';

const params = z.object({ projectId: z.string() });

export const GET = route({
  method: 'GET',
  path: '/api/v1/projects/{projectId}',
  summary: 'One project, by id or slug',
  auth: 'read',
  params,
  response: projectSchema,
  handle: ({ viewer, params, request }) =>
    getProject({ viewer, projectId: params.projectId, origin: publicOrigin(request) }),
});

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/projects/{projectId}',
  summary: 'Change a project or some of its settings',
  auth: 'admin',
  params,
  body: projectUpdateSchema,
  response: projectSchema,
  handle: ({ viewer, params, body, request }) =>
    updateProject({ viewer, projectId: params.projectId, changes: body, origin: publicOrigin(request) }),
});
