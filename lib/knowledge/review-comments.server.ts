import type { z } from 'zod';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { notify, notifyMentioned } from '../notifications/notify.server';
import type { commentInputSchema, ReviewThread } from './comment-schema';
import { caretakers } from './entry-people.server';
import { parseEntryId } from './entry-words';
import { FIELD_WORDS } from './field-text';
import { storableText } from './storable-text';
import { currentEntry } from './write-entry.server';

/** Comments shown of one entry; far more than a review ever has. */
const SHOWN = 2000;

/** What was said about an entry, open threads first, each in the order it was said. @throws AppError `not_found`. */
export async function listThreads({ viewer, id }: { viewer: Viewer; id: string }): Promise<ReviewThread[]> {
  assertCan(viewer, 'read');
  const entryId = parseEntryId(id) ?? -1;
  const [entry, rows] = await Promise.all([
    getDb().entry.findUnique({ where: { id: entryId }, select: { id: true } }),
    getDb().reviewComment.findMany({ where: { entryId }, orderBy: { id: 'asc' }, take: SHOWN }),
  ]);
  if (!entry) throw notFound('entry', id);
  const threads = new Map<bigint, ReviewThread>();
  for (const row of rows) {
    const thread =
      threads.get(row.threadId ?? row.id) ??
      ({
        id: String(row.id),
        field: (row.field || null) as ReviewThread['field'],
        version: row.version,
        resolved_at: row.resolvedAt?.toISOString() ?? null,
        resolved_by: row.resolvedName,
        comments: [],
      } satisfies ReviewThread);
    threads.set(row.threadId ?? row.id, thread);
    thread.comments.push({
      id: String(row.id),
      body: row.body,
      author: row.authorName,
      author_id: row.authorId,
      created_at: row.createdAt.toISOString(),
    });
  }
  return [...threads.values()].sort((a, b) => Number(a.resolved_at !== null) - Number(b.resolved_at !== null));
}

/**
 * Begins a thread, or answers in one, which opens it again. Tells those it is about: whoever wrote the entry, those in the
 * thread, and those it mentions. @throws AppError `not_found`.
 */
export async function addReviewComment({
  viewer,
  id,
  input,
  now,
}: {
  viewer: Viewer;
  id: string;
  input: z.output<typeof commentInputSchema>;
  now: Date;
}): Promise<ReviewThread[]> {
  assertCan(viewer, 'write');
  await getDb().$transaction(async (tx) => {
    const entry = await currentEntry(tx, id);
    const thread = input.thread === undefined ? null : await findThread(tx, entry.number, input.thread);
    const field = thread?.field ?? input.field ?? '';
    const body = storableText(input.body);
    await tx.reviewComment.create({
      data: {
        entryId: entry.number,
        threadId: thread?.id ?? null,
        field,
        version: entry.version,
        body,
        authorId: viewer.userId,
        authorName: viewer.name,
        createdAt: now,
      },
    });
    if (thread?.resolvedAt)
      await tx.reviewComment.update({ where: { id: thread.id }, data: { resolvedAt: null, resolvedName: null } });
    const about = field ? `${FIELD_WORDS[field as keyof typeof FIELD_WORDS].toLowerCase()} of ${id}` : id;
    const news = {
      title: `${viewer.name} commented on the ${about}`.replace(`the ${id}`, id),
      href: `/knowledge/${id}#review`,
      actor: { id: viewer.userId, name: viewer.name },
      now,
    };
    const called = await notifyMentioned(tx, body, { ...news, title: `${viewer.name} mentioned you on ${id}` });
    const others = [...(await caretakers(tx, entry.number)), ...(await talkers(tx, thread?.id ?? null))];
    await notify(
      tx,
      others.filter((each) => each === null || !called.includes(each)),
      { ...news, kind: 'changes_requested', detail: body },
    );
  });
  return listThreads({ viewer, id });
}

/** Settles a thread, or opens it again. @throws AppError `not_found`. */
export async function resolveThread({
  viewer,
  id,
  threadId,
  resolved,
  now,
  ip,
}: {
  viewer: Viewer;
  id: string;
  threadId: string;
  resolved: boolean;
  now: Date;
  ip?: string;
}): Promise<ReviewThread[]> {
  assertCan(viewer, 'write');
  await getDb().$transaction(async (tx) => {
    const thread = await findThread(tx, parseEntryId(id) ?? -1, threadId);
    await tx.reviewComment.update({
      where: { id: thread.id },
      data: { resolvedAt: resolved ? now : null, resolvedName: resolved ? viewer.name : null },
    });
    await recordAudit({ viewer, action: 'knowledge.thread', target: id, data: { thread: threadId, resolved }, ip }, tx);
  });
  return listThreads({ viewer, id });
}

async function findThread(tx: Tx, entryId: number, threadId: string) {
  const thread = await tx.reviewComment.findUnique({ where: { id: BigInt(threadId) } });
  if (!thread || thread.entryId !== entryId) throw notFound('comment', threadId);
  if (thread.threadId !== null)
    throw new AppError('validation_failed', 'thread: expected the first comment of a thread', {
      errors: [{ field: 'thread', message: 'expected the first comment of a thread' }],
    });
  return thread;
}

async function talkers(tx: Tx, threadId: bigint | null): Promise<(string | null)[]> {
  if (threadId === null) return [];
  const rows = await tx.reviewComment.findMany({
    where: { OR: [{ id: threadId }, { threadId }] },
    select: { authorId: true },
    take: 100,
  });
  return rows.map(({ authorId }) => authorId);
}
