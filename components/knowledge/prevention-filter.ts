export const PREVENTION_STATUSES = ['open', 'overdue', 'done'] as const;
export type PreventionStatus = (typeof PREVENTION_STATUSES)[number];

export interface PreventionFilter {
  status: PreventionStatus;
  owner: string | null;
  recurred: boolean;
}

/** The filter in an address; what makes no sense there counts as left out. */
export function preventionFilter(params: Record<string, string | string[] | undefined>): PreventionFilter {
  return {
    status: PREVENTION_STATUSES.find((status) => status === params.status) ?? 'open',
    owner: typeof params.owner === 'string' && params.owner !== '' ? params.owner.slice(0, 200) : null,
    recurred: params.recurred === 'true',
  };
}
