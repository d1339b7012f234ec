import { randomUUID } from 'node:crypto';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import type { IssueChecklistModel } from '../db/generated/models';
import { AppError, notFound } from '../errors';
import { type Checklist, type ChecklistItem, tickItem } from '../issues/checklist-schema';
import { findIssue, type IssueRef } from '../issues/find-issue.server';
import { checklistItems } from './checklist-items';

const MOST = 20;

const toChecklist = (row: IssueChecklistModel): Checklist => ({
  ...{ id: row.id, section: row.section, title: row.title, items: row.items as unknown as ChecklistItem[] },
  ...{ version: row.version, created_at: row.createdAt.toISOString(), created_by: row.createdBy },
  completed_at: row.completedAt?.toISOString() ?? null,
});

interface Call {
  viewer: Viewer;
  issueId: string;
}

/** The lists of an issue, those of issues merged into it included, the oldest first. */
export async function listChecklists({ viewer, issueId }: Call): Promise<Checklist[]> {
  const ref = await findIssue({ viewer, issueId });
  const rows = await getDb().issueChecklist.findMany({
    where: { projectId: ref.projectId, issueNumber: { in: await numbersOf(ref) } },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(toChecklist);
}

async function numbersOf(ref: IssueRef): Promise<number[]> {
  const merged = await getDb().issue.findMany({
    where: { projectId: ref.projectId, mergedInto: ref.number },
    select: { number: true },
  });
  return [ref.number, ...merged.map(({ number }) => number)];
}

/** Guide sections that a list can be made of. */
export async function listChecklistSections({ viewer }: { viewer: Viewer }) {
  assertCan(viewer, 'read');
  const sections = await getDb().guideSection.findMany({ orderBy: [{ position: 'asc' }, { slug: 'asc' }] });
  return sections
    .map(({ slug, title, body }) => ({ slug, title, items: checklistItems(body).length }))
    .filter(({ items }) => items > 0);
}

/** @throws AppError `not_found` for the section; `conflict` when it has no list, or the issue has many already. */
export async function addChecklist({
  viewer,
  issueId,
  section: slug,
  now,
}: Call & { section: string; now: Date }): Promise<Checklist> {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  return getDb().$transaction(async (tx) => {
    const section = await tx.guideSection.findUnique({ where: { slug } });
    if (!section) throw notFound('guide section', slug);
    const items = checklistItems(section.body).map((item) => ({ ...item, done_at: null, done_by: null }));
    if (items.length === 0) throw new AppError('conflict', `There is no list in the guide section "${section.title}".`);
    const issue = { projectId: ref.projectId, issueNumber: ref.number };
    if ((await tx.issueChecklist.count({ where: issue })) >= MOST)
      throw new AppError('conflict', `An issue may have ${MOST} checklists.`);
    const row = await tx.issueChecklist.create({
      data: {
        id: randomUUID(),
        ...issue,
        section: slug,
        title: section.title,
        items,
        createdAt: now,
        createdBy: viewer.name,
      },
    });
    await turn(tx, viewer, row, 'checklist_added', now);
    return toChecklist(row);
  });
}

/** Ticks one item, or takes its tick back. @throws AppError `not_found`. */
export async function tickChecklist({
  viewer,
  issueId,
  checklistId,
  index,
  done,
  now,
}: Call & { checklistId: string; index: number; done: boolean; now: Date }): Promise<Checklist> {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  return getDb().$transaction(async (tx) => {
    const before = await lock(tx, ref, checklistId);
    const items = before.items as unknown as ChecklistItem[];
    if (!items[index]) throw notFound('item', String(index));
    const after = tickItem(items, { index, done }, { name: viewer.name, at: now.toISOString() });
    const completedAt = after.completedAt === null ? null : new Date(after.completedAt);
    const row = await tx.issueChecklist.update({
      where: { id: before.id },
      data: { items: after.items as unknown as object[], completedAt, version: { increment: 1 } },
    });
    if (completedAt && !before.completedAt) await turn(tx, viewer, row, 'checklist_completed', now);
    return toChecklist(row);
  });
}

/** Removes a list; its words and ticks stay in the history of the issue. @throws AppError `not_found`. */
export async function removeChecklist({
  viewer,
  issueId,
  checklistId,
  now,
}: Call & { checklistId: string; now: Date }): Promise<void> {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  await getDb().$transaction(async (tx) => {
    const row = await lock(tx, ref, checklistId);
    await tx.issueChecklist.delete({ where: { id: row.id } });
    const { id: _id, projectId: _project, ...removed } = row;
    await turn(tx, viewer, row, 'checklist_removed', now, { restore: removed });
  });
}

/** Brings a removed list back as it was, and takes its removal out of the history. @throws AppError `not_found`. */
export async function restoreChecklist({
  viewer,
  issueId,
  checklistId,
}: Call & { checklistId: string }): Promise<Checklist> {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  const { projectId } = ref;
  return getDb().$transaction(async (tx) => {
    const point = await tx.turningPoint.findFirst({
      where: {
        ...{ projectId, issueNumber: { in: await numbersOf(ref) }, kind: 'checklist_removed' },
        data: { path: ['checklist'], equals: checklistId },
      },
      orderBy: { id: 'desc' },
    });
    const removed = (point?.data as { restore?: Omit<IssueChecklistModel, 'id' | 'projectId'> } | null)?.restore;
    if (!point || !removed) throw notFound('checklist', checklistId.slice(0, 100));
    // Only one of two calls finds it.
    if ((await tx.turningPoint.deleteMany({ where: { id: point.id } })).count === 0)
      throw notFound('checklist', checklistId);
    const row = await tx.issueChecklist.create({
      data: { ...removed, items: removed.items as object[], id: checklistId, projectId },
    });
    return toChecklist(row);
  });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Two people may tick at once: each sees what the other did. */
async function lock(tx: Tx, ref: IssueRef, id: string): Promise<IssueChecklistModel> {
  if (!UUID.test(id)) throw notFound('checklist', id.slice(0, 100));
  await tx.$queryRaw`SELECT id FROM issue_checklist WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.issueChecklist.findUnique({ where: { id } });
  const numbers = await numbersOf(ref);
  if (!row || row.projectId !== ref.projectId || !numbers.includes(row.issueNumber)) throw notFound('checklist', id);
  return row;
}

async function turn(
  tx: Tx,
  viewer: Viewer,
  row: IssueChecklistModel,
  kind: string,
  now: Date,
  more: object = {},
): Promise<void> {
  await tx.turningPoint.create({
    data: {
      ...{ projectId: row.projectId, issueNumber: row.issueNumber, at: now, kind },
      ...{ actorId: viewer.userId, actorName: viewer.name, data: { title: row.title, checklist: row.id, ...more } },
    },
  });
}
