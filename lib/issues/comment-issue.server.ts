import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { notifyMentioned } from '../notifications/notify.server';
import { findIssue, type IssueRef } from './find-issue.server';
import type { Activity } from './issue-schema';

interface CommentColumns {
  id: bigint;
  body: string;
  authorId: string | null;
  authorName: string;
  createdAt: Date;
  editedAt: Date | null;
}

const toActivity = (row: CommentColumns): Activity => ({
  id: `c${row.id}`,
  kind: 'comment',
  at: row.createdAt.toISOString(),
  actor: { id: row.authorId, name: row.authorName },
  data: {},
  body: row.body,
  edited_at: row.editedAt?.toISOString() ?? null,
});

export async function addComment({
  viewer,
  issueId,
  body,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  body: string;
  now: Date;
}): Promise<Activity> {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  return getDb().$transaction(async (tx) => {
    const row = await tx.comment.create({
      data: {
        projectId: ref.projectId,
        issueNumber: ref.number,
        body,
        authorId: viewer.userId,
        authorName: viewer.name,
        createdAt: now,
      },
    });
    await tell(tx, viewer, ref, row, now);
    return toActivity(row);
  });
}

/** Whom a comment mentions is told once, however often it is changed. */
const tell = (tx: Tx, viewer: Viewer, ref: IssueRef, { id, body }: Pick<CommentColumns, 'id' | 'body'>, now: Date) =>
  notifyMentioned(tx, body, {
    title: `${viewer.name} mentioned you on ${ref.id}`,
    href: `/issues/${ref.id}#comment-${id}`,
    actor: { id: viewer.userId, name: viewer.name },
    key: `issue-comment:${ref.projectId}:${ref.number}:${id}`,
    now,
  });

/** @throws AppError `not_found` | `forbidden` unless it is the viewer's own. */
export async function editComment({
  viewer,
  issueId,
  commentId,
  body,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  commentId: string;
  body: string;
  now: Date;
}): Promise<Activity> {
  const { ref, id } = await findOwn({ viewer, issueId, commentId, mayModerate: false });
  return getDb().$transaction(async (tx) => {
    const row = await tx.comment.update({ where: commentKey(ref, id), data: { body, editedAt: now } });
    await tell(tx, viewer, ref, row, now);
    return toActivity(row);
  });
}

/** One's own; admins may delete any. @throws AppError `not_found` | `forbidden`. */
export async function deleteComment({
  viewer,
  issueId,
  commentId,
}: {
  viewer: Viewer;
  issueId: string;
  commentId: string;
}): Promise<Activity> {
  const { ref, id } = await findOwn({ viewer, issueId, commentId, mayModerate: true });
  return toActivity(await getDb().comment.delete({ where: commentKey(ref, id) }));
}

const commentKey = (ref: IssueRef, id: bigint) => ({
  projectId_issueNumber_id: { projectId: ref.projectId, issueNumber: ref.number, id },
});

async function findOwn({
  viewer,
  issueId,
  commentId,
  mayModerate,
}: {
  viewer: Viewer;
  issueId: string;
  commentId: string;
  mayModerate: boolean;
}) {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  const digits = /^c?(\d{1,18})$/.exec(commentId)?.[1];
  if (!digits) throw notFound('comment', commentId);
  const id = BigInt(digits);
  const comment = await getDb().comment.findUnique({ where: commentKey(ref, id) });
  if (!comment) throw notFound('comment', commentId);
  const isOwn = comment.authorId === viewer.userId && (viewer.userId !== null || comment.authorName === viewer.name);
  if (!isOwn && !(mayModerate && viewer.scopes.has('admin')))
    throw new AppError('forbidden', 'This comment was written by somebody else.');
  return { ref, id };
}
