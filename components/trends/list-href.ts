import { condition } from '@/lib/issues/edit-query';
import type { PointParams } from './queries';

/** The issue list with the same filters: the point's stretch of time, and its service, type or level as a query. */
export function listHref(point: PointParams): string {
  const params = new URLSearchParams({ status: 'all', sort: 'events' });
  for (const name of ['project', 'environment', 'from', 'to'] as const) if (point[name]) params.set(name, point[name]);
  const query = (['service', 'type', 'level'] as const)
    .flatMap((split) => (point[split] ? [condition(split, point[split])] : []))
    .join(' ');
  if (query) params.set('query', query);
  return `/issues?${params}`;
}
