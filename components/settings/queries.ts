import { queryOptions } from '@tanstack/react-query';
import type { ApiTokenDto, User } from '@/lib/auth/user-schema';
import { api } from '@/lib/http/client';
import type { ModelState } from '@/lib/learning/model-schema';
import type { ProjectDto } from '@/lib/projects/project-schema';
import type { SourceMapRelease } from '@/lib/source-maps/source-map-schema';

interface Listed<T> {
  data: T[];
}

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => api.get<Listed<ProjectDto>>('/api/v1/projects', {}, signal),
});

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => api.get<Listed<User>>('/api/v1/users', {}, signal),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => api.get<Listed<ApiTokenDto>>('/api/v1/tokens', {}, signal),
});

export const sourceMapsQuery = (projectId: number) =>
  queryOptions({
    queryKey: ['source-maps', projectId],
    queryFn: ({ signal }) => api.get<Listed<SourceMapRelease>>(`/api/v1/projects/${projectId}/source-maps`, {}, signal),
  });

export const modelQuery = queryOptions({
  queryKey: ['learning', 'model'],
  queryFn: ({ signal }) => api.get<ModelState>('/api/v1/learning/model', {}, signal),
});
