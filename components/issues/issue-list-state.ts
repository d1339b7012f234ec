import type { IssueListParams } from './queries';

/** Tabs over the list, each standing for a condition. */
export const STATUS_TABS = [
  {
    value: 'unresolved',
    label: 'Unresolved',
    query: 'is:unresolved',
    statuses: ['new', 'ongoing', 'escalating', 'regressed'],
  },
  { value: 'new', label: 'New', query: 'is:new', statuses: ['new'] },
  { value: 'escalating', label: 'Escalating', query: 'is:escalating', statuses: ['escalating'] },
  { value: 'regressed', label: 'Regressed', query: 'is:regressed', statuses: ['regressed'] },
  { value: 'resolved', label: 'Resolved', query: 'is:resolved', statuses: ['resolved'] },
  { value: 'muted', label: 'Muted', query: 'is:muted', statuses: ['muted'] },
  {
    value: 'all',
    label: 'All',
    query: '',
    statuses: ['new', 'ongoing', 'escalating', 'regressed', 'resolved', 'muted'],
  },
] as const;
export type StatusTab = (typeof STATUS_TABS)[number]['value'];
export const STATUS_TAB_VALUES = STATUS_TABS.map((tab) => tab.value) as [StatusTab, ...StatusTab[]];

/** Orders of the list, the usual one first; the last two are worked out from how often and whom issues hit. */
export const SORT_LABELS = {
  last_seen: 'Last seen',
  first_seen: 'First seen',
  events: 'Events',
  users: 'Users',
  trend: 'Trend',
  impact: 'Impact',
} as const;
export type Sort = keyof typeof SORT_LABELS;
export const SORTS = Object.keys(SORT_LABELS) as [Sort, ...Sort[]];

/** Columns beside the issue itself, from left to right. */
export const COLUMN_LABELS = {
  service: 'Service',
  environment: 'Environment',
  release: 'Last release',
  trend: 'Trend',
  events: 'Events',
  users: 'Users',
  last_seen: 'Last seen',
  first_seen: 'First seen',
  assignee: 'Assignee',
} as const;
export type Column = keyof typeof COLUMN_LABELS;
export const COLUMNS = Object.keys(COLUMN_LABELS) as [Column, ...Column[]];
export const DEFAULT_COLUMNS: Column[] = ['trend', 'events', 'users', 'last_seen', 'first_seen', 'assignee'];

/** Everything the list hangs on, as the URL holds it. */
export interface IssueListState {
  query: string;
  status: StatusTab;
  sort: Sort;
  project: string | null;
  environment: string | null;
  range: string | null;
  from: string | null;
  to: string | null;
}

type SearchParams = Record<string, string | string[] | undefined>;

const one = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? value[0] : value) || null;

/** Reads the address of the list; what it does not know it leaves at its default. */
export function readListState(params: SearchParams, defaultRange: string): IssueListState {
  const status = STATUS_TAB_VALUES.find((value) => value === one(params.status)) ?? 'unresolved';
  const sort = SORTS.find((value) => value === one(params.sort)) ?? 'last_seen';
  const from = one(params.from);
  return {
    query: one(params.query) ?? '',
    status,
    sort,
    project: one(params.project),
    environment: one(params.environment),
    range: from ? null : (one(params.range) ?? defaultRange),
    from,
    to: from ? one(params.to) : null,
  };
}

/** What the API is asked for; `withStatus` false leaves the tab out, for counting the tabs. */
export function toListParams(state: IssueListState, withStatus = true): IssueListParams {
  const tab = STATUS_TABS.find((each) => each.value === state.status);
  const params: IssueListParams = {
    query: [withStatus ? tab?.query : '', state.query].filter(Boolean).join(' '),
    sort: state.sort,
  };
  for (const name of ['project', 'environment', 'range', 'from', 'to'] as const) {
    const value = state[name];
    if (value) params[name] = value;
  }
  return params;
}
