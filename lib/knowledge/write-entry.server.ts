import type { Viewer } from '../auth/viewer';
import type { Tx } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { AppError, notFound } from '../errors';
import { enqueue } from '../jobs/enqueue.server';
import { sameContent } from './content-hash';
import { storedContent } from './entry-dto';
import { entryRow } from './entry-row';
import type { EntryContent, PreventionItem, Signature } from './entry-schema';
import type { EntryState } from './entry-state';
import { type EntryStatus, entryId, parseEntryId } from './entry-words';

/** The rows a revision touches, written together. Callers decide (entry-state.ts), authorize and audit. */
export type RevisionAction =
  | 'edited'
  | 'imported'
  | 'learned'
  | 'restored'
  | 'submitted'
  | 'published'
  | 'rejected'
  | 'retired'
  | 'verified'
  /** Prevention items were ticked off, given an owner or a date. */
  | 'prevention';
/** Those that write words, which is what four eyes look at. */
export const CONTENT_ACTIONS: readonly RevisionAction[] = ['edited', 'imported', 'learned', 'restored'];
/** Those that only move the entry and leave its content as it was. */
const MOVES: readonly RevisionAction[] = ['submitted', 'published', 'rejected', 'retired', 'verified'];

export interface Author {
  id: string | null;
  name: string;
}
export const authorOf = (viewer: Viewer): Author => ({ id: viewer.id, name: viewer.name });

/** An entry as a write finds it. */
export interface CurrentEntry {
  number: number;
  version: number;
  status: EntryStatus;
  disputed: boolean;
  content: EntryContent;
  publishedAt: Date | null;
  importVersion: number | null;
}

/** Reads the entry a write is about. @throws AppError `not_found`; `version_conflict` when it moved on from `version`. */
export async function currentEntry(tx: Tx, id: string, version?: number): Promise<CurrentEntry> {
  const number = parseEntryId(id);
  const row = number === null ? null : await tx.entry.findUnique({ where: { id: number } });
  if (!row) throw notFound('entry', id);
  if (version !== undefined && version !== row.version) throw versionConflict(row.id, row.version);
  return {
    number: row.id,
    version: row.version,
    status: row.status as EntryStatus,
    disputed: row.disputed,
    content: storedContent(row.content),
    publishedAt: row.publishedAt,
    importVersion: row.importVersion,
  };
}

export const stateOf = (entry: CurrentEntry): EntryState => ({
  status: entry.status,
  disputed: entry.disputed,
  nextReview: entry.content.next_review,
});

/** @throws AppError `conflict` when the external id is taken. Answers the number of the new entry. */
export async function insertEntry(
  tx: Tx,
  entry: {
    content: EntryContent;
    status: EntryStatus;
    origin: 'human' | 'import' | 'learned';
    action: RevisionAction;
    reason?: string;
    author: Author;
    externalId?: string | null;
    source?: { document: string; heading?: string | null; line?: number | null } | null;
    sourceKey?: string | null;
    importHash?: string | null;
    demo?: boolean;
    now: Date;
  },
): Promise<number> {
  const columns = entryRow(entry.content);
  const externalId = entry.externalId ?? null;
  if (externalId !== null && (await tx.entry.findUnique({ where: { externalId }, select: { id: true } })))
    throw new AppError('conflict', `There is an entry with the external id "${externalId}" already.`);
  const { id } = await tx.entry.create({
    data: {
      ...columns,
      externalId,
      status: entry.status,
      origin: entry.origin,
      source: entry.source ?? Prisma.JsonNull,
      sourceKey: entry.sourceKey ?? null,
      importHash: entry.importHash ?? null,
      importVersion: entry.importHash ? 1 : null,
      demo: entry.demo ?? false,
      createdAt: entry.now,
      updatedAt: entry.now,
      publishedAt: entry.status === 'published' ? entry.now : null,
      updatedBy: entry.author.name,
    },
    select: { id: true },
  });
  await insertRevision(tx, id, 1, columns.content, entry);
  await syncSignatures(tx, id, null, { status: entry.status, content: columns.content });
  await syncPrevention(tx, id, null, { status: entry.status, content: columns.content });
  if (entry.status === 'published') await announce(tx, id);
  return id;
}

/**
 * Writes the next revision of an entry over the one read before. Published knowledge that changed is announced to the
 * matching job. Answers the new version. @throws AppError `version_conflict` when somebody else wrote in between.
 */
export async function writeRevision(
  tx: Tx,
  before: CurrentEntry,
  after: {
    content: EntryContent;
    state: EntryState;
    action: RevisionAction;
    reason?: string;
    author: Author;
    /** Set by an import: the hash of what it wrote. */
    importHash?: string;
    now: Date;
  },
): Promise<number> {
  const { state } = after;
  const columns = entryRow({ ...after.content, next_review: state.nextReview });
  const version = before.version + 1;
  // Moving an entry is no edit: what an import wrote still stands as it wrote it.
  const untouched = before.importVersion === before.version && MOVES.includes(after.action);
  const { count } = await tx.entry.updateMany({
    where: { id: before.number, version: before.version },
    data: {
      ...columns,
      version,
      status: state.status,
      disputed: state.disputed,
      updatedAt: after.now,
      updatedBy: after.author.name,
      publishedAt: state.status === 'published' && before.status !== 'published' ? after.now : before.publishedAt,
      ...(after.importHash ? { importHash: after.importHash, importVersion: version } : {}),
      ...(untouched ? { importVersion: version } : {}),
    },
  });
  if (count === 0) {
    const row = await tx.entry.findUnique({ where: { id: before.number }, select: { version: true } });
    throw row ? versionConflict(before.number, row.version) : notFound('entry', entryId(before.number));
  }
  await insertRevision(tx, before.number, version, columns.content, { ...after, status: state.status });
  await syncSignatures(tx, before.number, before, { status: state.status, content: columns.content });
  await syncPrevention(tx, before.number, before, { status: state.status, content: columns.content });
  const wasOrIsPublished = before.status === 'published' || state.status === 'published';
  const changed = before.status !== state.status || !sameContent(before.content, columns.content);
  if (wasOrIsPublished && changed) await announce(tx, before.number);
  return version;
}

async function insertRevision(
  tx: Tx,
  entryNumber: number,
  version: number,
  content: EntryContent,
  revision: { status: EntryStatus; action: RevisionAction; reason?: string; author: Author; now: Date },
): Promise<void> {
  await tx.revision.create({
    data: {
      entryId: entryNumber,
      version,
      content,
      status: revision.status,
      action: revision.action,
      reason: revision.reason ?? '',
      authorId: revision.author.id,
      authorName: revision.author.name,
      createdAt: revision.now,
    },
  });
}

interface Stand {
  status: EntryStatus;
  content: EntryContent;
}

/** Only published entries have signature rows; those that stay are left alone. */
async function syncSignatures(tx: Tx, number: number, before: Stand | null, after: Stand): Promise<void> {
  const had = before?.status === 'published' ? before.content.signatures : [];
  const has = after.status === 'published' ? after.content.signatures : [];
  if (sameContent(had, has)) return;
  await tx.entrySignature.deleteMany({ where: { entryId: number } });
  if (has.length === 0) return;
  await tx.entrySignature.createMany({
    data: has.map(({ kind, value }: Signature, position) => ({ entryId: number, position, kind, value })),
  });
}

/** A retired entry owes nothing any more: it has no rows of prevention items. */
async function syncPrevention(tx: Tx, number: number, before: Stand | null, after: Stand): Promise<void> {
  const had = before && before.status !== 'retired' ? before.content.prevention : [];
  const has: PreventionItem[] = after.status === 'retired' ? [] : after.content.prevention;
  if (sameContent(had, has)) return;
  await tx.preventionItem.deleteMany({ where: { entryId: number } });
  if (has.length === 0) return;
  await tx.preventionItem.createMany({
    data: has.map(({ text, done, owner, due, link }, position) => ({
      entryId: number,
      position,
      text,
      done,
      owner: owner ?? '',
      due: due ? new Date(`${due}T00:00:00Z`) : null,
      link: link ?? '',
    })),
  });
}

const announce = (tx: Tx, number: number): Promise<void> =>
  enqueue(tx, 'knowledge.changed', { entryIds: [number] }, { key: `knowledge.changed:${number}` });

function versionConflict(number: number, current: number): AppError {
  return new AppError(
    'version_conflict',
    `${entryId(number)} was changed by somebody else meanwhile; it is at version ${current} now. Read it again and repeat the change.`,
    { extra: { current_version: current } },
  );
}
