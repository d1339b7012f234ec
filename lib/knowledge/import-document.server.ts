import { recordAudit } from '../auth/record-audit.server';
import { assertCan, can, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError } from '../errors';
import { getSettings, updateSettings } from '../settings/settings.server';
import { keepPictures } from './entry-images.server';
import type { EntryContent } from './entry-schema';
import { ENTRY_FIELDS, entryId } from './entry-words';
import { type ImportItem, itemOfJson, itemsOfDocument, unreadableItem } from './import-items';
import { extraLabels } from './import-labels';
import { getImportLabels } from './import-labels.server';
import { IMPORT_LIMITS } from './import-limits';
import { type PlannedEntry, planImport } from './import-plan';
import { countActions, type ImportedEntry, type ImportReport } from './import-schema';
import { importSections } from './import-sections.server';
import type { LabelIndex } from './markdown/field-labels';
import { findLostLines } from './markdown/find-lost-lines';
import type { ParsedSection } from './markdown/guide-sections';
import type { ZippedPicture } from './read-zip';
import { authorOf } from './write-entry.server';
import { findKnown, findVanished, writePlanned } from './write-import.server';

export interface ImportCall {
  viewer: Viewer;
  /** Markdown, each by its name; `revision` is the commit it was read at. */
  documents?: readonly { name: string; text: string; revision?: string }[];
  /** Guide sections of a JSON export of ours. */
  sections?: readonly ParsedSection[];
  /** Title of a guide that a JSON export of ours holds. */
  guideTitle?: string | null;
  /** Pictures that the documents show. */
  pictures?: readonly ZippedPicture[];
  unreadable?: readonly { name: string; why: string }[];
  /** JSON items, as they were sent. `document` is the file they came from, where there was one. */
  entries?: readonly unknown[];
  document?: string | null;
  dryRun: boolean;
  /** Publish what comes in. */
  publish: boolean;
  now: Date;
  ip?: string;
}

/**
 * Brings documents and entries in. The same import twice changes nothing; an edited document updates its entries, except those
 * edited here since. One bad item never sinks the others: it is reported. Everything is written in one transaction.
 * @throws AppError `forbidden`; `payload_too_large` for more than one call may bring.
 */
export async function importDocuments(call: ImportCall): Promise<ImportReport> {
  const { viewer, dryRun, now } = call;
  assertCan(viewer, 'write');
  const labels = extraLabels(await getImportLabels());
  const documents = (call.documents ?? []).map((document) => readDocument(document, labels));
  const loose = (call.entries ?? []).map((raw, index) =>
    itemOfJson(raw, { document: call.document ?? null, index }, labels),
  );
  const unread = (call.unreadable ?? []).map(({ name, why }) => unreadableItem(name, why));
  const mayPublish = can(viewer, 'review');
  const restored = documents.flatMap((document) => document.items);
  const items = [...(mayPublish ? restored : restored.map(forReview)), ...loose, ...unread];
  if (items.length > IMPORT_LIMITS.items)
    throw new AppError(
      'payload_too_large',
      `An import may bring ${IMPORT_LIMITS.items} entries at once; this one has ${items.length}. Send it in parts.`,
    );
  if (call.publish || items.some(({ status }) => status === 'published' || status === 'retired'))
    assertCan(viewer, 'review');

  const title = documents.map(({ parsed }) => parsed.guide?.title).find(Boolean) ?? call.guideTitle ?? null;
  if (!dryRun) await keepPictures(viewer, call.pictures ?? [], now);
  const isFirst = title !== null && !dryRun && can(viewer, 'admin') && (await isEmpty());
  const report = await getDb().$transaction(
    async (tx) => {
      // Two imports of one document must not both find it new.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('errata.import'))`;
      const policy = { publish: call.publish, fourEyes: (await getSettings(tx)).four_eyes };
      const planned = planImport(items, await findKnown(tx, items), policy);
      const numbers = dryRun
        ? planned.map((one) => one.known?.id ?? null)
        : await writePlanned(tx, planned, authorOf(viewer), now);
      const entries = planned.map((one, index) => entryReport(one, index, numbers[index] ?? null));
      const wanted = [
        ...documents.flatMap(({ name, parsed }) => parsed.sections.map((section) => ({ ...section, document: name }))),
        ...(call.sections ?? []).map((section) => ({ ...section, document: call.document ?? 'JSON' })),
      ];
      const sections = await importSections(tx, wanted, { dryRun, author: viewer.name, now });
      const report: ImportReport = {
        ...{
          dry_run: dryRun,
          totals: countActions(entries),
          section_totals: countActions(sections),
          entries,
          sections,
        },
        documents: await Promise.all(documents.map((document) => documentReport(tx, document))),
      };
      if (!dryRun) {
        const target =
          documents
            .map(({ name }) => name)
            .join(', ')
            .slice(0, 300) ||
          (call.document ?? 'entries');
        await recordAudit({ viewer, action: 'knowledge.import', target, data: report.totals, ip: call.ip }, tx);
      }
      return report;
    },
    { timeout: 120_000, maxWait: 30_000 },
  );
  if (isFirst) await updateSettings({ viewer, changes: { guide_title: title.slice(0, 200) } });
  return report;
}

/** Nothing is known here yet: a guide that comes in keeps its title. */
async function isEmpty(): Promise<boolean> {
  const [entry, section] = await Promise.all([
    getDb().entry.findFirst({ select: { id: true } }),
    getDb().guideSection.findFirst({ select: { slug: true } }),
  ]);
  return entry === null && section === null;
}

/** What an exported guide calls published waits for review when whoever brings it may not publish. */
const forReview = (item: ImportItem): ImportItem =>
  item.status === 'published' || item.status === 'retired'
    ? {
        ...item,
        status: 'in_review',
        warnings: [...item.warnings, `was ${item.status}; waits for review, as you may not publish`],
      }
    : item;

function readDocument({ name, text, revision }: { name: string; text: string; revision?: string }, labels: LabelIndex) {
  const read = itemsOfDocument(name, text, labels, revision);
  const skipped = read.parsed.guide?.skipped;
  const lost = findLostLines(text, read.parsed, labels).filter(({ line }) => !skipped?.has(line));
  return { name, ...read, lostLines: lost.slice(0, 100) };
}
type ReadDocument = ReturnType<typeof readDocument>;

async function documentReport(
  tx: Tx,
  { name, parsed, items, lostLines }: ReadDocument,
): Promise<ImportReport['documents'][number]> {
  return {
    ...{ document: name, entries: parsed.entries.length, sections: parsed.sections.length, warnings: parsed.warnings },
    lost_lines: lostLines,
    vanished: await findVanished(tx, name, items),
  };
}

const entryReport = (
  { item, action, status, warnings }: PlannedEntry,
  index: number,
  number: number | null,
): ImportedEntry => ({
  ...{ index, document: item.source?.document ?? null, line: item.source?.line ?? null },
  ...{ title: item.content?.title ?? item.title, action, id: number === null ? null : entryId(number) },
  ...{
    external_id: item.externalId,
    status,
    fields: item.content ? filledFields(item.content) : [],
    warnings,
    errors: item.errors,
  },
});

/** The fields of an entry that hold something, but its title. */
function filledFields(content: EntryContent): string[] {
  return ENTRY_FIELDS.filter((field) => {
    const value: unknown = content[field];
    return field !== 'title' && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
}
