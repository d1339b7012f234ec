import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { AppError } from '../errors';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import type { Notification, NotificationPreferences } from './notification-schema';
import type { NotificationKind } from './notification-words';
import { preferencesIn } from './notify.server';

interface Call {
  viewer: Viewer;
}

/** The viewer's own, latest first, and how many are unread. A token has none. */
export async function listNotifications({
  viewer,
  query,
}: Call & { query: PageQuery }): Promise<Page<Notification> & { unread: number }> {
  assertCan(viewer, 'read');
  const after = decodeCursor(query.cursor, z.tuple([z.string().regex(/^\d{1,18}$/)]));
  const userId = viewer.userId;
  if (userId === null) return { data: [], next_cursor: null, unread: 0 };
  const [rows, unread] = await Promise.all([
    getDb().notification.findMany({
      where: { userId, ...(after ? { id: { lt: BigInt(after[0]) } } : {}) },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    }),
    getDb().notification.count({ where: { userId, readAt: null } }),
  ]);
  const page = toPage(
    rows,
    query.limit,
    (row) => [String(row.id)],
    (row) => ({
      id: String(row.id),
      kind: row.kind as NotificationKind,
      title: row.title,
      detail: row.detail,
      href: row.href,
      actor: row.actorName,
      created_at: row.createdAt.toISOString(),
      read: row.readAt !== null,
    }),
  );
  return { ...page, unread };
}

/** Marks these, or all, as read; those of others are left alone. Answers how many are unread still. */
export async function markRead({
  viewer,
  ids,
  now,
}: Call & { ids?: readonly string[]; now: Date }): Promise<{ unread: number }> {
  assertCan(viewer, 'read');
  const userId = viewer.userId;
  if (userId === null) return { unread: 0 };
  await getDb().notification.updateMany({
    where: { userId, readAt: null, ...(ids ? { id: { in: ids.map(BigInt) } } : {}) },
    data: { readAt: now },
  });
  return { unread: await getDb().notification.count({ where: { userId, readAt: null } }) };
}

/** Which kinds the viewer is told of. */
export async function getNotificationPreferences({ viewer }: Call): Promise<NotificationPreferences> {
  assertCan(viewer, 'read');
  const user = viewer.userId
    ? await getDb().user.findUnique({ where: { id: viewer.userId }, select: { preferences: true } })
    : null;
  return preferencesIn(user?.preferences);
}

/** @throws AppError `conflict` for a token, which is told of nothing. */
export async function setNotificationPreferences({
  viewer,
  preferences,
}: Call & { preferences: NotificationPreferences }): Promise<NotificationPreferences> {
  assertCan(viewer, 'read');
  if (viewer.userId === null) throw new AppError('conflict', 'Only members are notified; this is an API token.');
  await getDb().$executeRaw`
    UPDATE app_user SET preferences = preferences || jsonb_build_object('notifications', ${JSON.stringify(preferences)}::jsonb)
     WHERE id = ${viewer.userId}::uuid`;
  return preferences;
}
