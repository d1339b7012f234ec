import { contentHash } from './content-hash';
import type { EntryContent } from './entry-schema';
import type { EntryStatus } from './entry-words';
import type { ImportItem } from './import-items';
import type { ImportAction } from './import-schema';
import { sameInGuide } from './same-in-guide';

/** What an import has to know of an entry that is there already. */
export interface KnownEntry {
  id: number;
  externalId: string | null;
  sourceKey: string | null;
  status: EntryStatus;
  version: number;
  content: EntryContent;
  /** Of its present content. */
  hash: string;
  importHash: string | null;
  importVersion: number | null;
}

export interface PlannedEntry {
  item: ImportItem;
  action: ImportAction;
  known: KnownEntry | null;
  /** Status after the import; null for an invalid one. */
  status: EntryStatus | null;
  hash: string;
  warnings: string[];
}

export interface ImportPolicy {
  publish: boolean;
  /** Nobody publishes alone: what would be published waits for review. */
  fourEyes: boolean;
}

/**
 * Decides for each item what an import does. An entry edited in Errata since its last import is never overwritten; the same
 * text twice changes nothing; an entry named twice in one import is taken once.
 */
export function planImport(
  items: readonly ImportItem[],
  known: readonly KnownEntry[],
  policy: ImportPolicy,
): PlannedEntry[] {
  const byExternalId = new Map(
    known.flatMap((entry) => (entry.externalId === null ? [] : [[entry.externalId, entry] as const])),
  );
  const bySourceKey = new Map(
    known.flatMap((entry) => (entry.sourceKey === null ? [] : [[entry.sourceKey, entry] as const])),
  );
  const byNumber = new Map(known.map((entry) => [entry.id, entry] as const));
  /** The entry of that number, if it is the same one: another Errata has another `ERROR-012`. */
  const numbered = ({ restored, content }: ImportItem): KnownEntry | undefined => {
    const entry = byNumber.get(restored?.number ?? 0);
    return entry && sameTitle(entry.content.title, content?.title ?? '') ? entry : undefined;
  };
  const seen = new Map<string, number>();
  return items.map((item, index) => {
    const key = item.externalId !== null ? `id ${item.externalId}` : item.sourceKey;
    const before = key === null ? undefined : seen.get(key);
    if (key !== null && before === undefined) seen.set(key, index);
    if (before !== undefined) {
      const errors = [
        {
          field: item.externalId === null ? 'title' : 'external_id',
          message: `the same as item ${before + 1} of this import`,
        },
      ];
      return plan({ ...item, content: null, errors: [...item.errors, ...errors] }, null, policy);
    }
    const found =
      item.externalId !== null
        ? byExternalId.get(item.externalId)
        : item.sourceKey !== null
          ? bySourceKey.get(item.sourceKey)
          : undefined;
    return plan(item, found ?? numbered(item) ?? null, policy);
  });
}

const sameTitle = (a: string, b: string): boolean => a.replace(/\s+/g, ' ').trim() === b.replace(/\s+/g, ' ').trim();

function plan(item: ImportItem, known: KnownEntry | null, policy: ImportPolicy): PlannedEntry {
  if (!item.content) return { item, action: 'invalid', known, status: null, hash: '', warnings: item.warnings };
  const hash = contentHash(item.content);
  const wanted = policy.publish ? 'published' : (item.status ?? 'draft');
  const held = policy.fourEyes && wanted === 'published';
  const warnings =
    held && known?.status !== 'published'
      ? [...item.warnings, 'waits for review: this workspace asks for four eyes']
      : item.warnings;
  const target: EntryStatus = held ? 'in_review' : wanted;
  if (!known) return { item, action: 'created', known, status: target, hash, warnings };

  // Publishing moves a draft on; nothing moves a published entry back, and a retired one stays retired.
  const status =
    known.status === 'draft' || known.status === 'in_review' ? furthest(known.status, target) : known.status;
  const asImported =
    known.importHash === hash ||
    known.hash === hash ||
    (item.restored !== null && sameInGuide(known.content, item.content));
  if (asImported && status === known.status) return { item, action: 'unchanged', known, status, hash, warnings };
  if (known.version !== known.importVersion && !asImported)
    return {
      item,
      action: 'conflict',
      known,
      status: known.status,
      hash,
      warnings: [...warnings, 'edited in Errata since it was imported; left as it is'],
    };
  const unseen = policy.fourEyes && status === 'published' && !asImported;
  return { item, action: 'updated', known, status: unseen ? 'in_review' : status, hash, warnings };
}

const ORDER: readonly EntryStatus[] = ['draft', 'in_review', 'published'];
const furthest = (a: EntryStatus, b: EntryStatus): EntryStatus => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);
