import type { Tx } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { enqueue } from '../jobs/enqueue.server';
import { contentHash } from './content-hash';
import { dateOf, storedContent } from './entry-dto';
import { entryRow } from './entry-row';
import { type EntryStatus, entryId } from './entry-words';
import type { ImportItem } from './import-items';
import type { KnownEntry, PlannedEntry } from './import-plan';
import { storable } from './storable-text';
import { type Author, currentEntry, writeRevision } from './write-entry.server';

/** The entries that these items may mean, by external id or place in a document. */
export async function findKnown(tx: Tx, items: readonly ImportItem[]): Promise<KnownEntry[]> {
  const externalIds = items.flatMap((item) => item.externalId ?? []);
  const sourceKeys = items.flatMap((item) => item.sourceKey ?? []);
  const numbers = items.flatMap((item) => item.restored?.number ?? []);
  if (externalIds.length + sourceKeys.length + numbers.length === 0) return [];
  const rows = await tx.entry.findMany({
    where: { OR: [{ externalId: { in: externalIds } }, { sourceKey: { in: sourceKeys } }, { id: { in: numbers } }] },
    select: {
      id: true,
      externalId: true,
      sourceKey: true,
      status: true,
      version: true,
      content: true,
      importHash: true,
      importVersion: true,
    },
  });
  return rows.map(({ content: stored, status, ...row }) => {
    const content = storedContent(stored);
    return { ...row, status: status as EntryStatus, content, hash: contentHash(content) };
  });
}

/** Entries of a document that this import of it no longer holds. */
export async function findVanished(
  tx: Tx,
  document: string,
  items: readonly ImportItem[],
): Promise<{ id: string; title: string }[]> {
  const kept = items.flatMap((item) => item.sourceKey ?? []);
  const rows = await tx.$queryRaw<{ id: number; title: string }[]>(Prisma.sql`
    SELECT id, title FROM entry
    WHERE starts_with(source_key, ${`${document}#`}) AND NOT source_key = ANY(${kept}) AND status <> 'retired'
    ORDER BY id LIMIT 1000`);
  return rows.map(({ id, title }) => ({ id: entryId(id), title }));
}

/** Writes what was planned; answers the number of each entry, in the order of the plan (null where there is none). */
export async function writePlanned(
  tx: Tx,
  planned: readonly PlannedEntry[],
  author: Author,
  now: Date,
): Promise<(number | null)[]> {
  const created = planned.filter((one) => one.action === 'created');
  const numbers = await insertAll(tx, created, author, now);
  for (const one of planned) if (one.action === 'updated') await update(tx, one, author, now);
  return planned.map((one) => numbers.get(one) ?? one.known?.id ?? null);
}

/**
 * Four statements, however many entries: one at a time takes a hundred times as long. The rows travel as one JSON parameter
 * each, for a parameter a value costs more than the insert itself.
 */
async function insertAll(
  tx: Tx,
  planned: readonly PlannedEntry[],
  author: Author,
  now: Date,
): Promise<Map<PlannedEntry, number>> {
  if (planned.length === 0) return new Map();
  const numbers = await takeNumbers(tx, planned);
  const renumbered = new Map<string, string>();
  for (const [one, number] of numbers) {
    const wanted = one.item.restored?.number ?? number;
    if (wanted === number) continue;
    renumbered.set(entryId(wanted), entryId(number));
    one.warnings.push(`${entryId(wanted)} is another entry here; came in as ${entryId(number)}`);
  }
  const rows = planned
    .map((one) => ({ ...one, id: numbers.get(one)! }))
    .map(({ item, status, hash, id }) => ({
      ...entryRow({
        ...item.content!,
        related_entries: item.content!.related_entries.map((other) => renumbered.get(other.toUpperCase()) ?? other),
      }),
      disputed: item.restored?.disputed ?? false,
      carried_record: item.restored?.trackRecord ?? null,
      updated_at: lastChange(item, now),
      ...storable({
        external_id: item.externalId,
        source_key: item.sourceKey,
        source: item.source,
        reason: reasonOf(item),
      }),
      ...{ id, status: status!, import_hash: hash },
    }));
  const entries = rows.map(({ searchText, nextReview, reason, ...row }) => ({
    ...row,
    ...{ search_text: searchText, next_review: dateOf(nextReview) },
  }));
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO entry (id, external_id, status, origin, content, title, category, severity, component, tags, next_review,
      search_text, source, source_key, import_hash, import_version, created_at, updated_at, published_at, updated_by,
      disputed, carried_record)
    SELECT id, external_id, status, 'import', content, title, category, severity, component, tags, next_review,
      search_text, source, source_key, import_hash, 1, updated_at, updated_at,
      CASE WHEN status = 'published' THEN ${now}::timestamptz END, ${author.name}, disputed, carried_record
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS row(id int, external_id text, status text, content jsonb,
      title text, category text, severity text, component text, tags text[], next_review date, search_text text,
      source jsonb, source_key text, import_hash text, updated_at timestamptz, disputed boolean, carried_record jsonb)`);
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO revision (entry_id, version, content, status, action, reason, author_id, author_name, created_at)
    SELECT e.id, 1, e.content, e.status, 'imported', row.reason, ${author.id}::uuid, ${author.name}, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows.map(({ id, reason }) => ({ id, reason })))}::jsonb) AS row(id int, reason text)
    JOIN entry e USING (id)`);
  const published = rows.filter(({ status }) => status === 'published');
  await tx.entrySignature.createMany({
    data: published.flatMap(({ id, content }) =>
      content.signatures.map(({ kind, value }, position) => ({ entryId: id, position, kind, value })),
    ),
  });
  if (published.length > 0) await enqueue(tx, 'knowledge.changed', { entryIds: published.map(({ id }) => id) });
  return numbers;
}

/** Numbers may be this much higher than the highest there is; further ones would use up all there are. */
const NUMBER_GAP = 100_000;

/** The number each entry brings along, where it is free; else the next one. */
async function takeNumbers(tx: Tx, planned: readonly PlannedEntry[]): Promise<Map<PlannedEntry, number>> {
  const wanted = planned.flatMap(({ item }) => item.restored?.number ?? []);
  const numbers = new Map<PlannedEntry, number>();
  if (wanted.length > 0) {
    const [highest] = await tx.$queryRaw<{ last: bigint }[]>`
      SELECT GREATEST((SELECT max(id) FROM entry), (SELECT last_value FROM entry_id_seq)) AS last`;
    const limit = Number(highest?.last ?? 0) + NUMBER_GAP;
    const rows = await tx.entry.findMany({ where: { id: { in: wanted } }, select: { id: true } });
    const taken = new Set(rows.map(({ id }) => id));
    for (const one of planned) {
      const number = one.item.restored?.number ?? null;
      if (number === null || number < 1 || number > limit || taken.has(number)) continue;
      taken.add(number);
      numbers.set(one, number);
    }
    // Numbers given out from now on come after these.
    const most = [...numbers.values()].reduce((max, number) => Math.max(max, number), 0);
    if (most > 0)
      await tx.$queryRaw`SELECT setval('entry_id_seq', GREATEST(last_value, ${most}))::text FROM entry_id_seq`;
  }
  const others = planned.filter((one) => !numbers.has(one));
  const ids = await tx.$queryRaw<{ id: bigint }[]>(
    Prisma.sql`SELECT nextval(pg_get_serial_sequence('entry', 'id')) AS id FROM generate_series(1, ${others.length}::int)`,
  );
  others.forEach((one, at) => {
    numbers.set(one, Number(ids[at]!.id));
  });
  return numbers;
}

/** When an export says it was last changed; never later than now. */
export function lastChange({ restored }: { restored?: { updatedAt: string | null } | null }, now: Date): Date {
  const at = restored?.updatedAt ? new Date(restored.updatedAt) : now;
  return Number.isNaN(at.getTime()) || at > now ? now : at;
}

async function update(tx: Tx, { item, known, status, hash }: PlannedEntry, author: Author, now: Date): Promise<void> {
  const before = await currentEntry(tx, entryId(known!.id), known!.version);
  const content = known!.importHash === hash && known!.hash !== hash ? before.content : item.content!;
  await writeRevision(tx, before, {
    ...{ content, action: 'imported', reason: reasonOf(item), author, importHash: hash, now },
    state: { status: status!, disputed: before.disputed, nextReview: content.next_review },
  });
  if (item.source) await tx.entry.update({ where: { id: known!.id }, data: { source: item.source } });
}

const reasonOf = (item: ImportItem): string => (item.source ? `Imported from ${item.source.document}` : 'Imported');
