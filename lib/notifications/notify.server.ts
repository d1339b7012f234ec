import type { Tx } from '../db/client.server';
import { mentioned } from './mentions';
import { notificationPreferencesSchema } from './notification-schema';
import type { NotificationKind } from './notification-words';

export interface News {
  kind: NotificationKind;
  title: string;
  detail?: string;
  /** Address inside the app. */
  href: string;
  /** Who did it; is not told of it. */
  actor: { id: string | null; name: string };
  /** The same key is told to the same member once. */
  key?: string;
  now: Date;
}

const DETAIL_LIMIT = 300;

/** Tells members, inside the transaction that made the news: those who are active, want this kind, and did not do it themselves. */
export async function notify(tx: Tx, userIds: readonly (string | null)[], news: News): Promise<void> {
  const ids = [...new Set(userIds)].filter((id): id is string => id !== null && id !== news.actor.id);
  if (ids.length === 0) return;
  const members = await tx.user.findMany({
    where: { id: { in: ids }, disabledAt: null },
    select: { id: true, preferences: true },
  });
  const wanted = members.filter(({ preferences }) => preferencesIn(preferences)[news.kind]);
  if (wanted.length === 0) return;
  await tx.notification.createMany({
    data: wanted.map(({ id }) => ({
      userId: id,
      kind: news.kind,
      title: news.title.slice(0, DETAIL_LIMIT),
      detail: (news.detail ?? '').slice(0, DETAIL_LIMIT),
      href: news.href,
      key: news.key ?? null,
      actorName: news.actor.name,
      createdAt: news.now,
    })),
    skipDuplicates: true,
  });
}

/** The same for everybody a text mentions with `@`. */
export async function notifyMentioned(tx: Tx, text: string, news: Omit<News, 'kind'>): Promise<string[]> {
  if (!text.includes('@')) return [];
  const members = await tx.user.findMany({
    where: { disabledAt: null },
    select: { id: true, name: true, email: true },
    take: 5000,
  });
  const ids = mentioned(text, members).map(({ id }) => id);
  await notify(tx, ids, { ...news, kind: 'mention', detail: news.detail ?? text });
  return ids;
}

/** Everybody who may review. */
export async function reviewerIds(tx: Tx): Promise<string[]> {
  const reviewers = await tx.user.findMany({
    where: { role: { in: ['reviewer', 'admin'] }, disabledAt: null },
    select: { id: true },
    take: 500,
  });
  return reviewers.map(({ id }) => id);
}

/** The member's wishes; what is unreadable counts as not said. */
export const preferencesIn = (preferences: unknown) => {
  const stored = (preferences as { notifications?: unknown } | null)?.notifications ?? {};
  const parsed = notificationPreferencesSchema.safeParse(stored);
  return parsed.success ? parsed.data : notificationPreferencesSchema.parse({});
};
