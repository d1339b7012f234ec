import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { AppError, notFound } from '../errors';
import type { SavedView, ViewChange, ViewInput, ViewPage } from './view-schema';

/** More than these nobody finds his way through, and nobody else's list should hold. */
const MOST = 100;

const withOwner = (userId: string) =>
  ({ owner: { select: { name: true } }, defaults: { where: { userId } } }) satisfies Prisma.SavedViewInclude;

type Row = Prisma.SavedViewGetPayload<{ include: ReturnType<typeof withOwner> }>;

const toView = (row: Row, userId: string): SavedView => ({
  id: row.id,
  page: row.page as ViewPage,
  name: row.name,
  search: row.search,
  shared: row.shared,
  mine: row.ownerId === userId,
  owner: row.owner.name,
  default: row.defaults.length > 0,
});

/** Views belong to people; a token has none. */
function personOf(viewer: Viewer): string {
  if (!viewer.userId) throw new AppError('forbidden', 'Views belong to a person. Sign in to keep one.');
  return viewer.userId;
}

/** One's own views of a page and those that others share, by name. */
export async function listViews({ viewer, page }: { viewer: Viewer; page: ViewPage }): Promise<SavedView[]> {
  assertCan(viewer, 'read');
  const userId = viewer.userId;
  const rows = await getDb().savedView.findMany({
    where: { page, OR: [{ shared: true }, ...(userId ? [{ ownerId: userId }] : [])] },
    include: withOwner(userId ?? NOBODY),
    orderBy: { name: 'asc' },
  });
  return rows.map((row) => toView(row, userId ?? NOBODY));
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The query a person's page opens with; null without a default. */
export async function defaultSearch({ viewer, page }: { viewer: Viewer; page: ViewPage }): Promise<string | null> {
  if (!viewer.userId) return null;
  const row = await getDb().defaultView.findUnique({
    where: { userId_page: { userId: viewer.userId, page } },
    select: { view: { select: { search: true, shared: true, ownerId: true } } },
  });
  if (!row || (!row.view.shared && row.view.ownerId !== viewer.userId)) return null;
  return row.view.search;
}

/** @throws AppError `conflict` when one has a view of this name, `forbidden` when it is to be shared without the right to write. */
export async function saveView({ viewer, input }: { viewer: Viewer; input: ViewInput }): Promise<SavedView> {
  assertCan(viewer, input.shared ? 'write' : 'read');
  const ownerId = personOf(viewer);
  const { default: isDefault, ...data } = input;
  return named(input.name, () =>
    getDb().$transaction(async (tx) => {
      if ((await tx.savedView.count({ where: { ownerId, page: input.page } })) >= MOST)
        throw new AppError('conflict', `There can be ${MOST} views. Delete one first.`);
      const { id } = await tx.savedView.create({ data: { ...data, ownerId } });
      if (isDefault) await setDefault(tx, ownerId, input.page, id);
      return load(tx, id, ownerId);
    }),
  );
}

/** Only the owner changes a view; whoever sees it may open his page with it. */
export async function changeView({
  viewer,
  viewId,
  change,
}: {
  viewer: Viewer;
  viewId: string;
  change: ViewChange;
}): Promise<SavedView> {
  const userId = personOf(viewer);
  const { default: isDefault, ...data } = change;
  assertCan(viewer, data.shared ? 'write' : 'read');
  return named(change.name ?? '', () =>
    getDb().$transaction(async (tx) => {
      const view = await tx.savedView.findFirst({
        where: { id: viewId, OR: [{ ownerId: userId }, { shared: true }] },
      });
      if (!view) throw notFound('view', viewId);
      if (Object.keys(data).length > 0) {
        if (view.ownerId !== userId) throw new AppError('forbidden', 'Only its owner changes a view.');
        await tx.savedView.update({ where: { id: viewId }, data });
      }
      if (isDefault === true) await setDefault(tx, userId, view.page, viewId);
      if (isDefault === false) await tx.defaultView.deleteMany({ where: { userId, viewId } });
      return load(tx, viewId, userId);
    }),
  );
}

/** The owner deletes his view; an admin any shared one. */
export async function deleteView({ viewer, viewId }: { viewer: Viewer; viewId: string }): Promise<SavedView> {
  assertCan(viewer, 'read');
  const userId = personOf(viewer);
  const row = await getDb().savedView.findFirst({
    where: { id: viewId, OR: [{ ownerId: userId }, { shared: true }] },
    include: withOwner(userId),
  });
  if (!row) throw notFound('view', viewId);
  if (row.ownerId !== userId) assertCan(viewer, 'admin');
  await getDb().savedView.delete({ where: { id: viewId } });
  return toView(row, userId);
}

async function load(tx: Tx, id: string, userId: string): Promise<SavedView> {
  return toView(await tx.savedView.findUniqueOrThrow({ where: { id }, include: withOwner(userId) }), userId);
}

async function setDefault(tx: Tx, userId: string, page: string, viewId: string): Promise<void> {
  await tx.defaultView.upsert({
    where: { userId_page: { userId, page } },
    create: { userId, page, viewId },
    update: { viewId },
  });
}

async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (problem) {
    if (problem instanceof Prisma.PrismaClientKnownRequestError && problem.code === 'P2002')
      throw new AppError('conflict', `You have a view named "${name}".`, {
        errors: [{ field: 'name', message: 'expected a name that no other view of yours has' }],
      });
    throw problem;
  }
}
