import GithubSlugger from 'github-slugger';
import { embedMarkdown } from './embed-markdown';
import type { Guide, GuideEntry } from './guide-schema';
import { flat, inline } from './markdown-text';
import { renderEntry } from './render-entry';

interface Chapter {
  title: string;
  blocks: string[];
  /** Plain words of all its headings in order, its own first. */
  headings: string[];
  /** Entries in it and which of its headings is theirs. */
  entries: { entry: GuideEntry; heading: number }[];
}

/**
 * The guide as one Markdown document: contents, entries by category, sections, when it was last updated and is next to be
 * reviewed. The same guide gives the same bytes, and a change touches only its own lines.
 */
export function renderGuide(guide: Guide): string {
  // Links between entries need their anchors, and anchors need every heading before them: so it is laid out twice.
  const draft = layOut(guide, () => null);
  const addresses = new Map(
    draft.chapters.flatMap((chapter, at) =>
      chapter.entries.map(({ entry, heading }) => [entry.id, draft.anchors[at]?.[heading]]),
    ),
  );
  const { chapters, anchors } = layOut(guide, (id) => {
    const anchor = addresses.get(id.trim().toUpperCase());
    return anchor ? `#${anchor}` : null;
  });
  const blocks = [`# ${inline(guide.title)}`, preface(guide)];
  if (chapters.length > 0) blocks.push('## Contents', contents(chapters, anchors));
  blocks.push(...chapters.flatMap((chapter) => chapter.blocks));
  const dates = closing(guide);
  if (dates) blocks.push('---', dates);
  return `${blocks.join('\n\n')}\n`;
}

function layOut(guide: Guide, linkTo: (id: string) => string | null): { chapters: Chapter[]; anchors: string[][] } {
  const chapters = [...categoryChapters(guide.entries, linkTo), ...sectionChapters(guide)];
  const slugger = new GithubSlugger();
  slugger.slug(flat(guide.title));
  slugger.slug('Contents');
  return { chapters, anchors: chapters.map((chapter) => chapter.headings.map((words) => slugger.slug(words))) };
}

function categoryChapters(entries: readonly GuideEntry[], linkTo: (id: string) => string | null): Chapter[] {
  const byCategory = new Map<string, GuideEntry[]>();
  for (const entry of [...entries].sort((a, b) => numberOf(a.id) - numberOf(b.id))) {
    const category = entry.category.trim();
    byCategory.set(category, [...(byCategory.get(category) ?? []), entry]);
  }
  return [...byCategory]
    .sort(([a], [b]) => byName(a, b))
    .map(([category, members]) => {
      const title = flat(category) || 'Other errors';
      const chapter: Chapter = { title, blocks: [`## ${inline(title)}`], headings: [title], entries: [] };
      for (const entry of members) {
        const { blocks, headings } = renderEntry(entry, { level: 3, linkTo });
        chapter.entries.push({ entry, heading: chapter.headings.length });
        chapter.blocks.push(...blocks);
        chapter.headings.push(...headings);
      }
      return chapter;
    });
}

function sectionChapters({ sections }: Guide): Chapter[] {
  return [...sections]
    .sort((a, b) => a.position - b.position || byName(a.slug, b.slug))
    .map(({ title, body }) => {
      const embedded = embedMarkdown(body, 3);
      return {
        title,
        blocks: [`## ${inline(title)}`, ...(embedded.text ? [embedded.text] : [])],
        headings: [flat(title), ...embedded.headings],
        entries: [],
      };
    });
}

function contents(chapters: readonly Chapter[], anchors: readonly string[][]): string {
  return chapters
    .flatMap((chapter, at) => [
      `- [${inline(chapter.title)}](#${anchors[at]?.[0]})`,
      ...chapter.entries.map(
        ({ entry, heading }) => `  - [${entry.id}: ${inline(entry.title)}](#${anchors[at]?.[heading]})`,
      ),
    ])
    .join('\n');
}

function preface({ entries, sections }: Guide): string {
  if (entries.length + sections.length === 0) return 'Nothing is published yet.';
  const known = entries.length === 1 ? 'one known error' : `${entries.length} known errors`;
  return `What we know about our errors: ${known}, what causes each of them, what solves it and how it is kept from coming back. This guide is kept in Errata; change it there, an export replaces this file.`;
}

/** Dates come from the data, never from the clock. */
function closing({ entries, sections }: Guide): string {
  const updated = [...entries, ...sections]
    .map((each) => each.updated_at)
    .sort()
    .at(-1);
  const review = entries
    .map((entry) => entry.next_review)
    .filter((date) => date !== null)
    .sort()[0];
  const lines = [
    updated ? `**Last updated**: ${updated.slice(0, 10)}` : '',
    review ? `**Next review**: ${review}` : '',
  ];
  return lines.filter(Boolean).join('  \n');
}

const numberOf = (id: string): number => Number(/\d+$/.exec(id)?.[0] ?? 0);

/** Letter by letter, the same on every machine; what has no name comes last. */
function byName(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0;
}
