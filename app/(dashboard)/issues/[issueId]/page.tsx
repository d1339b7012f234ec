import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { checklistsQuery, sectionsQuery } from '@/components/issues/checklist-queries';
import { IssueView } from '@/components/issues/issue-view';
import { activityQuery, eventQuery, issueQuery, linksQuery, tagsQuery, trendQuery } from '@/components/issues/queries';
import { entryQuery } from '@/components/knowledge/queries';
import { dossierQuery } from '@/components/learning/queries';
import { issueSuggestionsQuery } from '@/components/review/queries';
import { getViewer } from '@/lib/auth/get-viewer.server';
import type { Viewer } from '@/lib/auth/viewer';
import { AppError } from '@/lib/errors';
import { listChecklistSections, listChecklists } from '@/lib/guide/issue-checklists.server';
import { countTags } from '@/lib/issues/count-tags.server';
import { eventSearchSchema } from '@/lib/issues/event-search-schema';
import { getEvent } from '@/lib/issues/get-event.server';
import { getIssue } from '@/lib/issues/get-issue.server';
import { listIssueLinks } from '@/lib/issues/issue-links.server';
import type { IssueDetail } from '@/lib/issues/issue-schema';
import { issueTrend } from '@/lib/issues/issue-trend.server';
import { listActivity } from '@/lib/issues/list-activity.server';
import { getEntry } from '@/lib/knowledge/get-entry.server';
import { getDossier } from '@/lib/learning/get-dossier.server';
import { listIssueSuggestions } from '@/lib/learning/list-suggestions.server';
import { DEFAULT_RANGE, parseRange } from '@/lib/time';

interface PageProps {
  params: Promise<{ issueId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

async function loadOr404(issueId: string): Promise<IssueDetail> {
  try {
    return await getIssue({ viewer: await getViewer(), issueId, now: new Date() });
  } catch (error) {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  }
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).issueId).slice(0, 80) };
}

/** What solves the issue is in the page when it comes, with its whole text: nothing below it moves afterwards. */
async function prefetchSolution(client: QueryClient, viewer: Viewer, issue: IssueDetail): Promise<void> {
  const suggestions = await client
    .fetchQuery({
      ...issueSuggestionsQuery(issue.id),
      queryFn: async () => ({ data: await listIssueSuggestions({ viewer, issueId: issue.id }), next_cursor: null }),
    })
    .catch(() => null);
  const opened = suggestions?.data.find((one) => one.status === 'pending');
  const ids = new Set([issue.known_fix?.entry, opened?.entry?.id].filter((id) => id !== undefined));
  await Promise.all(
    [...ids].map((id) =>
      client.prefetchQuery({ ...entryQuery(id), queryFn: () => getEntry({ viewer, id, now: new Date() }) }),
    ),
  );
}

export default async function IssuePage({ params, searchParams }: PageProps) {
  const [{ issueId }, query, viewer] = await Promise.all([params, searchParams, getViewer()]);
  const issue = await loadOr404(decodeURIComponent(issueId));
  // A merged issue, or another spelling: the address becomes that of the issue shown.
  const { event, filter, message } = Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const at = event ? `?event=${encodeURIComponent(event)}` : '';
  if (issue.id !== decodeURIComponent(issueId)) redirect(`/issues/${issue.id}${at}`);
  const client = new QueryClient();
  client.setQueryData(issueQuery(issue.id).queryKey, issue);
  const shown = event || issue.latest_event;
  const search = eventSearchSchema.safeParse({ filter, message });
  await Promise.all([
    shown
      ? client.prefetchQuery({
          ...eventQuery(shown, { filter, message }),
          queryFn: () => getEvent({ viewer, eventId: shown, ...search.data }),
        })
      : undefined,
    client.prefetchQuery({
      ...linksQuery(issue.id),
      queryFn: () => listIssueLinks({ viewer, issueId: issue.id }),
    }),
    prefetchSolution(client, viewer, issue),
    client.prefetchQuery({
      ...checklistsQuery(issue.id),
      queryFn: async () => ({ data: await listChecklists({ viewer, issueId: issue.id }) }),
    }),
    client.prefetchQuery({
      ...sectionsQuery,
      queryFn: async () => ({ data: await listChecklistSections({ viewer }) }),
    }),
    client.prefetchQuery({
      ...dossierQuery(issue.id),
      queryFn: () => getDossier({ viewer, issueId: issue.id, now: new Date() }),
    }),
    client.prefetchQuery({ ...tagsQuery(issue.id), queryFn: () => countTags({ viewer, issueId: issue.id }) }),
    client.prefetchQuery({
      ...trendQuery(issue.id, DEFAULT_RANGE),
      queryFn: () => issueTrend({ viewer, issueId: issue.id, range: parseRange({ range: DEFAULT_RANGE }, new Date()) }),
    }),
    client.prefetchInfiniteQuery({
      ...activityQuery(issue.id),
      queryFn: () => listActivity({ viewer, issueId: issue.id, page: { limit: 30 } }),
    }),
  ]);
  // An event that was split off or merged lives in another issue now.
  const home = shown ? client.getQueryData(eventQuery(shown, { filter, message }).queryKey)?.issue_id : undefined;
  if (home && home !== issue.id) redirect(`/issues/${home}${at}`);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <IssueView issueId={issue.id} />
    </HydrationBoundary>
  );
}
