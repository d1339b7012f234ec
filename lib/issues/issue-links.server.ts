import { randomUUID } from 'node:crypto';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import type { IssueLinkModel } from '../db/generated/models';
import { AppError, notFound } from '../errors';
import { readProjectSettings } from '../projects/project-settings';
import { findIssue, type IssueRef } from './find-issue.server';
import { linkLabel } from './link-label';
import { type IssueLink, type IssueLinks, type LinkInput, MAX_LINKS } from './link-schema';

interface Call {
  viewer: Viewer;
  issueId: string;
}

const toLink = (row: IssueLinkModel): IssueLink => ({
  ...{ id: row.id, url: row.url, label: row.label },
  ...{ created_at: row.createdAt.toISOString(), created_by: row.createdBy },
});

/** The links of an issue and of those merged into it, oldest first, and where its project opens tickets. */
export async function listIssueLinks({ viewer, issueId }: Call): Promise<IssueLinks> {
  const ref = await findIssue({ viewer, issueId });
  const [rows, project] = await Promise.all([
    getDb().issueLink.findMany({
      where: { projectId: ref.projectId, issueNumber: { in: await numbersOf(getDb(), ref) } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
    getDb().project.findUnique({ where: { id: ref.projectId }, select: { settings: true } }),
  ]);
  return { data: rows.map(toLink), next_cursor: null, trackers: readProjectSettings(project?.settings).trackers };
}

async function numbersOf(db: Pick<Tx, 'issue'>, ref: IssueRef): Promise<number[]> {
  const merged = await db.issue.findMany({
    where: { projectId: ref.projectId, mergedInto: ref.number },
    select: { number: true },
  });
  return [ref.number, ...merged.map(({ number }) => number)];
}

/** Adding an address again answers with the link there is. @throws AppError `conflict` beyond the most. */
export async function addIssueLink({ viewer, issueId, link, now }: Call & { link: LinkInput; now: Date }) {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  const issue = { projectId: ref.projectId, issueNumber: ref.number };
  return getDb().$transaction(async (tx) => {
    // Two people may add at once: one after the other.
    await tx.$queryRaw`SELECT 1 FROM issue WHERE project_id = ${ref.projectId} AND number = ${ref.number} FOR UPDATE`;
    const url = new URL(link.url).toString();
    const known = await tx.issueLink.findFirst({ where: { ...issue, url } });
    if (known) return toLink(known);
    if ((await tx.issueLink.count({ where: issue })) >= MAX_LINKS)
      throw new AppError('conflict', `An issue may have ${MAX_LINKS} links.`);
    const row = await tx.issueLink.create({
      data: {
        ...{ id: randomUUID(), ...issue, url, label: link.label || linkLabel(url) },
        ...{ createdAt: now, createdBy: viewer.name },
      },
    });
    await turn(tx, viewer, row, 'link_added', now);
    return toLink(row);
  });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws AppError `not_found`. */
export async function removeIssueLink({ viewer, issueId, linkId, now }: Call & { linkId: string; now: Date }) {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  if (!UUID.test(linkId)) throw notFound('link', linkId.slice(0, 100));
  return getDb().$transaction(async (tx) => {
    const where = { id: linkId, projectId: ref.projectId, issueNumber: { in: await numbersOf(tx, ref) } };
    const row = await tx.issueLink.findFirst({ where });
    const { count } = await tx.issueLink.deleteMany({ where });
    if (!row || count === 0) throw notFound('link', linkId);
    await turn(tx, viewer, row, 'link_removed', now);
    return toLink(row);
  });
}

async function turn(tx: Tx, viewer: Viewer, row: IssueLinkModel, kind: string, now: Date): Promise<void> {
  await tx.turningPoint.create({
    data: {
      ...{ projectId: row.projectId, issueNumber: row.issueNumber, at: now, kind },
      ...{ actorId: viewer.userId, actorName: viewer.name, data: { url: row.url, label: row.label } },
    },
  });
}
