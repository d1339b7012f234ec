import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { entries } from '../../prisma/seed/scenarios/demo/entries';
import { guideSections } from '../../prisma/seed/scenarios/demo/guide-sections';
import type { Step } from '../../prisma/seed/scenarios/demo/incident';
import { incidents } from '../../prisma/seed/scenarios/demo/incidents';
import type { Role } from '../auth/permissions';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, systemViewer, userViewer, type Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { env } from '../env.server';
import { completeGroupings } from '../grouping/complete-groupings.server';
import { createGuideSection } from '../guide/guide-sections.server';
import { createCapturePool } from '../ingest/capture-pool.server';
import { readErrorReport } from '../ingest/protocols/errors-api';
import { prepareEvent } from '../ingest/store-events.server';
import { writeBatch } from '../ingest/write-batch.server';
import { ageIssues } from '../issues/age-issues.server';
import { changeIssue } from '../issues/change-issue.server';
import { addComment } from '../issues/comment-issue.server';
import { parseEntryId } from '../knowledge/entry-words';
import { createEntry } from '../knowledge/save-entry.server';
import { acceptSuggestion } from '../learning/accept-suggestion.server';
import { matchIssue } from '../learning/match-issue.server';
import { refreshVerdicts } from '../learning/refresh-verdicts.server';
import { rejectSuggestion } from '../learning/reject-suggestion.server';
import { createProject } from '../projects/create-project.server';
import { shortId } from '../projects/project-schema';
import { ensureEventPartitions } from '../retention/event-partitions.server';
import { DAY_MS, HOUR_MS } from '../time';
import { DEMO_DAYS, type DemoReport, dayStart, reportsOfDay } from './timeline';

const SLUG = 'sample';
const LOCK = 'errata.demo';

const PEOPLE: { email: string; name: string; role: Role }[] = [
  { email: 'mara@sample.invalid', name: 'Mara Lind', role: 'reviewer' },
  { email: 'theo@sample.invalid', name: 'Theo Brandt', role: 'engineer' },
];

export interface DemoSummary {
  project: string;
  loaded: boolean;
  events: number;
  issues: number;
  entries: number;
}

/**
 * Loads the sample company: four services, thirty days, thirty entries. Everything takes the same way as the real thing,
 * with the clock turned back, so the sample has true counts, suggestions, fixes and verdicts. Loading it twice changes
 * nothing. Takes a few seconds.
 */
export async function loadDemo({
  viewer = systemViewer(),
  now = new Date(),
}: {
  viewer?: Viewer;
  now?: Date;
} = {}): Promise<DemoSummary> {
  assertCan(viewer, 'admin');
  // The work runs over many transactions, so the lock belongs to a connection of its own.
  const lock = await getPool().connect();
  try {
    await lock.query('SELECT pg_advisory_lock(hashtext($1))', [LOCK]);
    if (!(await getDb().project.findUnique({ where: { slug: SLUG } }))) {
      await tell(now);
      await recordAudit({ viewer, action: 'demo.load', target: SLUG });
    }
    return await demoSummary();
  } finally {
    await lock.query('SELECT pg_advisory_unlock(hashtext($1))', [LOCK]);
    lock.release();
  }
}

/** What of the sample is there. */
export async function demoSummary(): Promise<DemoSummary> {
  const project = await getDb().project.findUnique({ where: { slug: SLUG } });
  if (!project) return { project: SLUG, loaded: false, events: 0, issues: 0, entries: 0 };
  const counter = await getDb().captureCounter.findUnique({
    where: { projectId_name: { projectId: project.id, name: 'accepted' } },
  });
  const [issues, known] = await Promise.all([
    getDb().issue.count({ where: { projectId: project.id } }),
    getDb().entry.count({ where: { demo: true } }),
  ]);
  return { project: SLUG, loaded: true, events: Number(counter?.value ?? 0), issues, entries: known };
}

interface Story {
  /** Connections of the kind that capture writes with. */
  pool: Pool;
  projectId: number;
  prefix: string;
  mara: Viewer;
  theo: Viewer;
  /** Numbers of the sample's entries, by key. */
  entryIds: Map<string, string>;
  /** Number of each incident's issue, once it has one, by key. */
  issues: Map<string, number>;
}

async function tell(now: Date): Promise<void> {
  const [mara, theo] = (await people(now)) as [Viewer, Viewer];
  const project = await createProject({
    viewer: systemViewer(),
    name: 'Sample parcels',
    slug: SLUG,
    demo: true,
    origin: env().ERRATA_PUBLIC_URL ?? `http://localhost:${env().PORT}`,
  });
  const pool = createCapturePool(env().DATABASE_URL ?? '');
  const story: Story = {
    pool,
    projectId: project.id,
    prefix: project.prefix,
    mara,
    theo,
    entryIds: await knowledge(mara, now),
    issues: new Map(),
  };
  try {
    for (let day = 0; day <= DEMO_DAYS; day += 5) await ensureEventPartitions(new Date(dayStart(day, now)));
    for (let day = 0; day <= DEMO_DAYS; day++) await tellDay(story, day, now);
    await refreshVerdicts(now);
  } finally {
    await pool.end();
  }
}

async function people(now: Date): Promise<Viewer[]> {
  const created = new Date(now.getTime() - 90 * DAY_MS);
  return Promise.all(
    PEOPLE.map(async ({ role, ...person }) => {
      const user = await getDb().user.upsert({
        where: { email: person.email },
        create: { id: randomUUID(), ...person, role, demo: true, createdAt: created },
        update: {},
      });
      return userViewer({ id: user.id, name: user.name, email: user.email, role });
    }),
  );
}

async function knowledge(author: Viewer, now: Date): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [index, { key, status = 'published', content }] of entries.entries()) {
    const written = new Date(dayStart(0, now) - (entries.length - index) * DAY_MS + 10 * HOUR_MS);
    const entry = await createEntry({ viewer: author, input: { ...content, status, reason: '' }, now: written });
    ids.set(key, entry.id);
  }
  const numbers = [...ids.values()].map((id) => parseEntryId(id) as number);
  await getDb().entry.updateMany({ where: { id: { in: numbers } }, data: { demo: true } });
  const written = new Date(dayStart(0, now));
  for (const { title, body } of guideSections) {
    const section = await createGuideSection({ viewer: author, input: { title, body }, now: written });
    await getDb().guideSection.update({ where: { slug: section.slug }, data: { demo: true } });
  }
  return ids;
}

/** Events and decisions of a day, in the order in which they happened. */
async function tellDay(story: Story, day: number, now: Date): Promise<void> {
  const reports = reportsOfDay(incidents, day, now);
  const steps = incidents
    .flatMap((incident) =>
      (incident.story ?? []).filter((step) => step.day === day).map((step) => ({ incident, step })),
    )
    .map(({ incident, step }) => ({ incident, step, at: new Date(dayStart(day, now) + (step.hour ?? 12) * HOUR_MS) }))
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  let from = 0;
  for (const { incident, step, at } of steps) {
    const until = reports.findIndex((report) => report.at > at);
    const end = until === -1 ? reports.length : until;
    await capture(story, reports.slice(from, end), at);
    from = end;
    const number = story.issues.get(incident.key);
    if (number !== undefined) await act(story, number, step, at);
  }
  const midnight = new Date(Math.min(dayStart(day + 1, now) - 1, now.getTime()));
  await capture(story, reports.slice(from), midnight);
  await ageIssues(midnight);
  await refreshVerdicts(midnight);
}

async function capture(story: Story, reports: DemoReport[], at: Date): Promise<void> {
  if (reports.length === 0) return;
  const pending = reports.map(({ body, at: happened }) => {
    const read = readErrorReport(body);
    if ('error' in read) throw new Error(`The sample holds a report that is not valid: ${read.error.message}`);
    return prepareEvent(story.projectId, read, happened);
  });
  const groupings = await completeGroupings(story.pool, pending);
  const batch = pending.map((event, index) => ({ ...event, grouping: groupings[index] ?? event.grouping }));
  const outcomes = await writeBatch(story.pool, batch, new Map(), at);
  for (const [index, outcome] of outcomes.entries()) {
    if ('refused' in outcome) throw new Error(`The sample holds an event that cannot be stored: ${outcome.refused}`);
    story.issues.set((reports[index] as DemoReport).incident.key, outcome.issueNumber);
    if (outcome.isNew) await matchIssue({ projectId: story.projectId, issueNumber: outcome.issueNumber });
  }
}

async function act(story: Story, issueNumber: number, step: Step, now: Date): Promise<void> {
  const { mara, theo, projectId } = story;
  const issueId = shortId(story.prefix, issueNumber);
  switch (step.do) {
    case 'accept':
    case 'reject': {
      await matchIssue({ projectId, issueNumber });
      const entry = parseEntryId(story.entryIds.get(step.entry) ?? '') ?? -1;
      const waiting = await getDb().suggestion.findFirst({
        where: { projectId, issueNumber, entryId: entry, status: 'pending' },
      });
      // Matching may have become pickier than the story; the sample then simply has one decision less.
      if (!waiting) return;
      const decision = { viewer: mara, id: String(waiting.id), now };
      await (step.do === 'accept'
        ? acceptSuggestion(decision)
        : rejectSuggestion({ ...decision, reason: step.reason }));
      return;
    }
    case 'resolve':
      await changeIssue({ viewer: theo, issueId, change: { status: 'resolved' }, now });
      return;
    case 'mute':
      await changeIssue({ viewer: mara, issueId, change: { status: 'muted' }, now });
      return;
    case 'assign':
      await changeIssue({ viewer: mara, issueId, change: { assignee: theo.id }, now });
      return;
    case 'comment':
      await addComment({ viewer: theo, issueId, body: step.text, now });
  }
}

/** Takes the sample away, whole: project, events, counts, entries, sections and people. Returns what is left, which is nothing. */
export async function removeDemo({ viewer }: { viewer: Viewer }): Promise<DemoSummary> {
  assertCan(viewer, 'admin');
  await getDb().$transaction(
    async (tx) => {
      const project = await tx.project.findUnique({ where: { slug: SLUG } });
      const where = { projectId: project?.id ?? -1 };
      await tx.event.deleteMany({ where });
      await tx.issueHour.deleteMany({ where });
      await tx.projectHour.deleteMany({ where });
      await tx.issueUser.deleteMany({ where });
      await tx.mergeUser.deleteMany({ where });
      await tx.mergeHour.deleteMany({ where });
      await tx.turningPoint.deleteMany({ where });
      await tx.comment.deleteMany({ where });
      await tx.release.deleteMany({ where });
      await tx.releaseSession.deleteMany({ where });
      await tx.userFeedback.deleteMany({ where });
      await tx.captureCounter.deleteMany({ where });
      await tx.project.deleteMany({ where: { slug: SLUG, demo: true } });
      await tx.entry.deleteMany({ where: { demo: true } });
      await tx.guideSection.deleteMany({ where: { demo: true } });
      await tx.user.deleteMany({ where: { demo: true } });
      await recordAudit({ viewer, action: 'demo.remove', target: SLUG }, tx);
    },
    { timeout: 60_000 },
  );
  return demoSummary();
}
