import GithubSlugger from 'github-slugger';
import type { Tx } from '../db/client.server';
import { contentHash } from './content-hash';
import { sourceKeyOf } from './import-items';
import type { ImportAction, ImportedSection } from './import-schema';
import { embedMarkdown } from './markdown/embed-markdown';
import type { ParsedSection } from './markdown/guide-sections';
import { storable } from './storable-text';
import { lastChange } from './write-import.server';

interface Wanted extends ParsedSection {
  document: string;
}

/**
 * Writes the free text of documents as guide sections, after those that are there. Sections edited in Errata since are left.
 * Call it under the lock of the import.
 */
export async function importSections(
  tx: Tx,
  sections: readonly Wanted[],
  options: { dryRun: boolean; author: string; now: Date },
): Promise<ImportedSection[]> {
  if (sections.length === 0) return [];
  const rows = await tx.guideSection.findMany({
    select: {
      slug: true,
      title: true,
      body: true,
      version: true,
      sourceKey: true,
      importHash: true,
      importVersion: true,
      position: true,
    },
  });
  const bySource = new Map(rows.flatMap((row) => (row.sourceKey === null ? [] : [[row.sourceKey, row] as const])));
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  const slugger = new GithubSlugger();
  for (const { slug } of rows) slugger.slug(slug);
  let position = rows.reduce((last, row) => Math.max(last, row.position), 0);
  const stamp = { updatedAt: options.now, updatedBy: options.author };
  const report: ImportedSection[] = [];
  const created = [];
  for (const section of sections) {
    const { title, body } = storable({ title: section.title.slice(0, 300), body: section.body });
    const sourceKey = sourceKeyOf(section.document, section.slug, 1);
    const hash = contentHash({ title, body });
    const ours = section.restored ? bySlug.get(section.restored.slug ?? section.slug) : undefined;
    const known = bySource.get(sourceKey) ?? (ours?.title === title ? ours : undefined);
    const tell = (action: ImportAction, slug: string | null) =>
      report.push({ document: section.document, line: section.line, slug, title, action });
    if (!known) {
      const slug = slugger.slug(section.slug.replace(/[^\p{L}\p{N}_-]+/gu, '').slice(0, 80) || 'section');
      position += 1;
      created.push({
        ...{ slug, title, body, sourceKey, importHash: hash, importVersion: 1, ...stamp },
        position: section.restored?.position ?? position,
        updatedAt: lastChange({ restored: section.restored }, options.now),
      });
      tell('created', options.dryRun ? null : slug);
    } else if (known.importHash === hash || (known.title === title && sameBody(known.body, body))) {
      tell('unchanged', known.slug);
    } else if (known.version !== known.importVersion) {
      tell('conflict', known.slug);
    } else {
      const version = known.version + 1;
      if (!options.dryRun)
        await tx.guideSection.update({
          where: { slug: known.slug },
          data: { title, body, version, importHash: hash, importVersion: version, ...stamp },
        });
      tell('updated', known.slug);
    }
  }
  if (!options.dryRun && created.length > 0) await tx.guideSection.createMany({ data: created });
  return report;
}

/** In the guide, headings move down. */
const sameBody = (a: string, b: string): boolean => a === b || embedMarkdown(a, 6).text === embedMarkdown(b, 6).text;
