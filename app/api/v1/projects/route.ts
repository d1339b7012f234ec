import { publicOrigin } from '@/lib/http/origin.server';
import { pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { createProject } from '@/lib/projects/create-project.server';
import { listProjects } from '@/lib/projects/manage-projects.server';
import { projectInputSchema, projectSchema } from '@/lib/projects/project-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/projects',
  summary: 'List projects with their capture keys',
  auth: 'read',
  response: pageSchema(projectSchema),
  handle: ({ viewer, request }) => listProjects({ viewer, origin: publicOrigin(request) }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/projects',
  summary: 'Make a project with its first key',
  auth: 'admin',
  body: projectInputSchema,
  response: projectSchema,
  status: 201,
  handle: ({ viewer, body, request }) => createProject({ viewer, ...body, origin: publicOrigin(request) }),
});
