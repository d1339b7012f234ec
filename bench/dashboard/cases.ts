import type { AnalyticsScope } from '@/lib/analytics/analytics-scope';
import { toScope } from '@/lib/analytics/analytics-scope';
import { QUESTIONS, type QuestionOptions, questionOptionsSchema } from '@/lib/analytics/questions.server';
import { userViewer, type Viewer } from '@/lib/auth/viewer';
import { countArrivals } from '@/lib/issues/count-arrivals.server';
import { countFacets } from '@/lib/issues/count-facets.server';
import { countTags } from '@/lib/issues/count-tags.server';
import { getIssue } from '@/lib/issues/get-issue.server';
import { issueTrend } from '@/lib/issues/issue-trend.server';
import { type IssueFilter, type IssueSort, listIssues } from '@/lib/issues/list-issues.server';
import { listValues } from '@/lib/issues/list-values.server';
import { entryFacets } from '@/lib/knowledge/entry-facets.server';
import { entryListQuerySchema } from '@/lib/knowledge/entry-input-schema';
import { listEntries } from '@/lib/knowledge/list-entries.server';
import { search } from '@/lib/search/search.server';
import { searchQuerySchema } from '@/lib/search/search-schema';
import { parseRange, type RangeName } from '@/lib/time';

export interface Case {
  name: string;
  /** Milliseconds that 95 of 100 calls should not exceed. */
  goal: number;
  call: () => Promise<unknown>;
}

const ANALYTICS_MS = 60;
const COMMON_MS = 50;
const ANY_MS = 300;
const PAGE_MS = 150;

/** Filters of the list that people use all day, and those they use now and then. */
const COMMON = [
  '',
  'is:unresolved',
  'is:resolved',
  'service:service-5',
  'level:>=error',
  'assigned:me',
  'has:fix',
  'release:1.4.*',
];
const RARE = [
  '"pool exhausted"',
  'handler42',
  '"respond(value, options.retry42)"',
  'environment:staging age:<7d',
  'users:>100',
  'tag.browser:Safari',
  '-tag.browser:Safari tag.host:node-77',
  'has:tag.region',
  'type:Type7*',
  '-service:service-5 is:muted',
];

/** Everything a page asks for, with the time it may take. */
export function casesOf(user: { id: string; name: string; email: string }, now: Date): Case[] {
  const viewer = userViewer({ ...user, role: 'engineer' });
  return [...analyticsCases(viewer, now), ...listCases(viewer, now), ...pageCases(viewer, now)];
}

interface Question {
  ask: (asked: { viewer: Viewer; scope: AnalyticsScope; options: QuestionOptions }) => Promise<unknown>;
}

function analyticsCases(viewer: Viewer, now: Date): Case[] {
  const scopes: [string, AnalyticsScope][] = [
    ['24h', toScope({ range: '24h' }, now)],
    ['14d', toScope({ range: '14d' }, now)],
    ['90d', toScope({ range: '90d' }, now)],
    ['90d Berlin', toScope({ range: '90d', zone: 'Europe/Berlin' }, now)],
    ['14d service', toScope({ range: '14d', service: 'service-5', project: 'project-6' }, now)],
  ];
  const cases: Case[] = [];
  for (const [label, scope] of scopes) {
    for (const [name, question] of Object.entries<Question>(QUESTIONS)) {
      if (name === 'weekly-report') continue;
      const splits =
        name === 'error-trend'
          ? ['service', 'type', 'release']
          : name === 'breakdown'
            ? ['service', 'type', 'release']
            : [''];
      for (const by of splits) {
        const options = questionOptionsSchema.parse(by ? { by } : {});
        const call = () => question.ask({ viewer, scope, options });
        cases.push({ name: `${name}${by && ` by ${by}`}, ${label}`, goal: ANALYTICS_MS, call });
      }
    }
  }
  const week = toScope({ range: '7d' }, now);
  const call = () => QUESTIONS['weekly-report'].ask({ viewer, scope: week });
  return [...cases, { name: 'weekly report, all of it', goal: PAGE_MS, call }];
}

function listCases(viewer: Viewer, now: Date): Case[] {
  const list =
    (filter: IssueFilter, sort: IssueSort = 'last_seen', range: RangeName = '14d') =>
    () => {
      const { from, to } = parseRange({ range }, now);
      return listIssues({
        viewer,
        filter: { ...filter, range: { from, to } },
        sort,
        page: { limit: 50 },
        sparkline: { from, to },
        now,
      });
    };
  const facets = (query: string) => () => countFacets({ viewer, filter: { query, range: parseRange({}, now) }, now });
  const allTime = (query: string, sort: IssueSort) => () =>
    listIssues({ viewer, filter: { query }, sort, page: { limit: 50 }, sparkline: parseRange({}, now), now });
  const values = (key: Parameters<typeof listValues>[0]['key'], prefix: string) => () =>
    listValues({ viewer, key, prefix });
  return [
    ...COMMON.map((query) => ({ name: `list ${query || 'all'}, 14d`, goal: COMMON_MS, call: list({ query }) })),
    ...RARE.map((query) => ({ name: `list ${query}, 14d`, goal: ANY_MS, call: list({ query }) })),
    ...SORTS.map((sort) => ({
      name: `list by ${sort}, 14d`,
      goal: ANY_MS,
      call: list({ query: 'is:unresolved' }, sort),
    })),
    ...SORTS.map((sort) => ({ name: `list by ${sort}, all time`, goal: ANY_MS, call: allTime('', sort) })),
    ...[...RARE, 'release:1.4.*', 'has:fix'].map((query) => ({
      name: `list ${query}, all time`,
      goal: ANY_MS,
      call: allTime(query, 'last_seen'),
    })),
    {
      name: 'list of a project, 90d',
      goal: COMMON_MS,
      call: list({ query: 'is:unresolved', project: 'project-2' }, 'last_seen', '90d'),
    },
    { name: 'facets, 14d', goal: PAGE_MS, call: facets('') },
    { name: 'facets of unresolved, 14d', goal: PAGE_MS, call: facets('is:unresolved') },
    { name: 'facets, all time', goal: PAGE_MS, call: () => countFacets({ viewer, filter: { query: '' }, now }) },
    {
      name: 'arrivals',
      goal: COMMON_MS,
      call: () =>
        countArrivals({ viewer, filter: { query: 'is:unresolved' }, since: new Date(now.getTime() - 600_000), now }),
    },
    { name: 'values of service', goal: PAGE_MS, call: values('service', '') },
    { name: 'values of tag', goal: PAGE_MS, call: values('tag', '') },
    { name: 'values of tag.host "node-1"', goal: PAGE_MS, call: values('tag.host', 'node-1') },
    { name: 'values of culprit "hand"', goal: PAGE_MS, call: values('culprit', 'hand') },
    { name: 'values of release "1."', goal: PAGE_MS, call: values('release', '1.') },
  ];
}

const SORTS: IssueSort[] = ['last_seen', 'first_seen', 'events', 'users', 'trend', 'impact'];

function pageCases(viewer: Viewer, now: Date): Case[] {
  const issueId = 'P1-1';
  const find = (q: string) => () => search({ viewer, params: searchQuerySchema.parse({ q }) });
  const entries = (query: object) => () => listEntries({ viewer, query: entryListQuerySchema.parse(query), now });
  const range = parseRange({}, now);
  return [
    { name: 'issue, loudest', goal: PAGE_MS, call: () => getIssue({ viewer, issueId, now }) },
    { name: 'issue, trend', goal: PAGE_MS, call: () => issueTrend({ viewer, issueId, range }) },
    { name: 'issue, tags', goal: PAGE_MS, call: () => countTags({ viewer, issueId }) },
    { name: 'search, words', goal: PAGE_MS, call: find('pool exhausted') },
    { name: 'search, source line', goal: PAGE_MS, call: find('"respond(value, options.retry42)"') },
    { name: 'search, mistyped', goal: PAGE_MS, call: find('conection refsed') },
    { name: 'search, error', goal: PAGE_MS, call: find('Type7Error: part 4242 gave up after 30 s') },
    { name: 'knowledge list', goal: PAGE_MS, call: entries({}) },
    { name: 'knowledge, words', goal: PAGE_MS, call: entries({ q: 'pool exhausted' }) },
    {
      name: 'knowledge, facets',
      goal: PAGE_MS,
      call: () => entryFacets({ viewer, filter: entryListQuerySchema.parse({}), now }),
    },
  ];
}
