import GithubSlugger from 'github-slugger';
import { stringify } from 'yaml';
import type { TrackRecord } from '../knowledge/entry-schema';
import { embedMarkdown } from '../knowledge/markdown/embed-markdown';
import { recordOf } from './entry-words';
import type { Guide, GuideEntry, GuideSection } from './guide-schema';
import { inline } from './markdown-text';
import { renderEntry } from './render-entry';

export interface GuideFile {
  /** Path inside the archive; safe on every file system. */
  path: string;
  text: string;
}

/** The guide as one file per entry and per section, each with YAML front matter: the form an import reads back whole. */
export function guideFiles({ entries, sections }: Guide): GuideFile[] {
  return [
    ...entries.map((entry) => ({ path: `entries/${fileName(entry.id, entry.title)}`, text: entryFile(entry) })),
    ...sections.map((section) => ({ path: `sections/${fileName('', section.slug)}`, text: sectionFile(section) })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Front matter holds what is a value, the text below what is prose. Empty fields are left out. */
export function entryFile(entry: GuideEntry): string {
  const { blocks } = renderEntry(entry, { level: 1, linkTo: () => null, bodyOnly: true });
  return withFrontMatter(
    {
      id: entry.id,
      external_id: entry.external_id,
      title: entry.title,
      status: entry.status,
      disputed: entry.disputed || null,
      category: entry.category,
      severity: entry.severity,
      component: entry.component,
      tags: entry.tags,
      first_seen: entry.first_seen,
      resolution_minutes: entry.resolution_minutes,
      next_review: entry.next_review,
      signatures: entry.signatures.map(({ kind, value }) => ({ kind, value })),
      related_files: entry.related_files,
      related_entries: entry.related_entries,
      references: entry.references,
      track_record: filledRecord(entry.track_record),
      updated: entry.updated_at,
    },
    blocks,
  );
}

/** Verdicts that occurred; null before the first fix. */
function filledRecord(record: TrackRecord): Partial<TrackRecord> | null {
  const filled = Object.entries(recordOf(record)).filter(([, value]) => value !== null && value !== 0);
  return filled.length === 0 ? null : Object.fromEntries(filled);
}

const sectionFile = ({ slug, title, position, body, updated_at }: GuideSection): string =>
  withFrontMatter(
    { slug, title, position, updated: updated_at },
    [`# ${inline(title)}`, embedMarkdown(body, 2).text].filter(Boolean),
  );

function withFrontMatter(fields: Record<string, unknown>, blocks: readonly string[]): string {
  const filled = Object.entries(fields).filter(
    ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return `---\n${stringify(Object.fromEntries(filled), { lineWidth: 0 })}---\n\n${blocks.join('\n\n')}\n`;
}

function fileName(id: string, words: string): string {
  const slug = new GithubSlugger()
    .slug(words)
    .replace(/[^\p{L}\p{N}_-]+/gu, '')
    .replace(/-{2,}/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return `${[id, slug].filter(Boolean).join('-') || 'untitled'}.md`;
}
