import { cookies } from 'next/headers';
import { ZONE_COOKIE } from '@/components/layout/zone';
import { type AnalyticsScope, bucketFor, scopeQuerySchema } from '@/lib/analytics/analytics-scope';
import { parseRange } from '@/lib/time';

export type SearchParams = Record<string, string | string[] | undefined>;

const FILTERS = ['project', 'environment', 'service', 'range', 'from', 'to'] as const;

export interface PageScope {
  scope: AnalyticsScope;
  /** The filters as a query, to keep on the way to another page. */
  search: string;
}

/** What a page of charts is asked about: the filters of its address, and the days of the viewer's time zone. */
export async function readPageScope(params: SearchParams): Promise<PageScope> {
  const kept = new URLSearchParams();
  for (const name of FILTERS) if (typeof params[name] === 'string') kept.set(name, params[name]);
  const told = (await cookies()).get(ZONE_COOKIE)?.value;
  const zone = scopeQuerySchema.shape.zone.safeParse(told);
  const range = parseRange(Object.fromEntries(kept), new Date());
  const scope: AnalyticsScope = {
    range,
    intervalMs: bucketFor(range),
    zone: zone.success ? zone.data : undefined,
    project: kept.get('project') ?? undefined,
    environment: kept.get('environment') ?? undefined,
    service: kept.get('service') ?? undefined,
  };
  return { scope, search: kept.toString() };
}
