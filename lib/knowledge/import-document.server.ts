import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError } from '../errors';
import { getSettings } from '../settings/settings.server';
import { ENTRY_FIELDS, type EntryContent, entryId } from './entry-schema';
import { itemOfJson, itemsOfDocument, unreadableItem } from './import-items';
import { type PlannedEntry, planImport } from './import-plan';
import { countActions, IMPORT_LIMITS, type ImportedEntry, type ImportReport } from './import-schema';
import { importSections } from './import-sections.server';
import { findLostLines } from './markdown/find-lost-lines';
import { authorOf } from './write-entry.server';
import { findKnown, findVanished, writePlanned } from './write-import.server';

export interface ImportCall {
  viewer: Viewer;
  /** Markdown, each by its name. */
  documents?: readonly { name: string; text: string }[];
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
  const documents = (call.documents ?? []).map(({ name, text }) => readDocument(name, text));
  const loose = (call.entries ?? []).map((raw, index) => itemOfJson(raw, { document: call.document ?? null, index }));
  const unread = (call.unreadable ?? []).map(({ name, why }) => unreadableItem(name, why));
  const items = [...documents.flatMap((document) => document.items), ...loose, ...unread];
  if (items.length > IMPORT_LIMITS.items)
    throw new AppError(
      'payload_too_large',
      `An import may bring ${IMPORT_LIMITS.items} entries at once; this one has ${items.length}. Send it in parts.`,
    );
  if (call.publish || items.some((item) => item.status === 'published')) assertCan(viewer, 'review');

  return getDb().$transaction(
    async (tx) => {
      // Two imports of one document must not both find it new.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('errata.import'))`;
      const policy = { publish: call.publish, fourEyes: (await getSettings(tx)).four_eyes };
      const planned = planImport(items, await findKnown(tx, items), policy);
      const numbers = dryRun
        ? planned.map((one) => one.known?.id ?? null)
        : await writePlanned(tx, planned, authorOf(viewer), now);
      const entries = planned.map((one, index) => entryReport(one, index, numbers[index] ?? null));
      const wanted = documents.flatMap(({ name, parsed }) =>
        parsed.sections.map((section) => ({ ...section, document: name })),
      );
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
}

function readDocument(name: string, text: string) {
  const read = itemsOfDocument(name, text);
  return { name, ...read, lostLines: findLostLines(text, read.parsed).slice(0, 100) };
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
