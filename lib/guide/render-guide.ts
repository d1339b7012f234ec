import GithubSlugger from 'github-slugger';
import { embedMarkdown } from '../knowledge/markdown/embed-markdown';
import {
  CONTENTS,
  KEPT_IN_ERRATA,
  LAST_UPDATED,
  NEXT_REVIEW,
  NO_CATEGORY,
  NOTHING_PUBLISHED,
} from '../knowledge/markdown/guide-words';
import type { Guide, GuideEntry } from './guide-schema';
import { definedLabels, localLabels } from './local-labels';
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

/** A chapter of the guide as a page lists it; `anchor` is without `#`. */
export interface OutlineChapter {
  title: string;
  anchor: string;
  entries: { id: string; title: string; anchor: string }[];
}

/**
 * The guide as one Markdown document: contents, entries by category, sections, when it was last updated and is next to be
 * reviewed. The same guide gives the same bytes, and a change touches only its own lines.
 */
export function renderGuide(guide: Guide): string {
  const chapters = layOut(guide, [guide.title, CONTENTS]);
  const blocks = [`# ${inline(guide.title)}`, preface(guide)];
  if (chapters.length > 0) blocks.push(`## ${CONTENTS}`, contents(chapters.map(outlineOf)));
  blocks.push(...chapters.flatMap((chapter) => chapter.blocks));
  const dates = closing(guide);
  if (dates) blocks.push('---', dates);
  return `${blocks.join('\n\n')}\n`;
}

/** The guide without title and contents, and these as data: for a page that shows them in its own way. */
export function guideBody(guide: Guide): { markdown: string; outline: OutlineChapter[] } {
  const chapters = layOut(guide, []);
  return {
    markdown: chapters.flatMap((chapter) => chapter.blocks).join('\n\n'),
    outline: chapters.map(outlineOf),
  };
}

/** All chapters with their anchors, after headings that stand before them. */
function layOut(guide: Guide, before: readonly string[]): AnchoredChapter[] {
  // Links between entries need anchors, and an anchor needs every heading before it: so it is laid out twice.
  const draft = anchored(
    chaptersOf(guide, () => null),
    before,
  );
  const addresses = new Map(
    draft.flatMap((chapter) => outlineOf(chapter).entries.map(({ id, anchor }) => [id, anchor])),
  );
  const linkTo = (id: string) => {
    const anchor = addresses.get(id.trim().toUpperCase());
    return anchor ? `#${anchor}` : null;
  };
  return anchored(chaptersOf(guide, linkTo), before);
}

interface AnchoredChapter extends Chapter {
  /** One for each of its headings. */
  anchors: string[];
}

function anchored(chapters: readonly Chapter[], before: readonly string[]): AnchoredChapter[] {
  const slugger = new GithubSlugger();
  for (const words of before) slugger.slug(flat(words));
  return chapters.map((chapter) => ({ ...chapter, anchors: chapter.headings.map((words) => slugger.slug(words)) }));
}

const outlineOf = ({ title, entries, anchors }: AnchoredChapter): OutlineChapter => ({
  title,
  anchor: anchors[0] ?? '',
  entries: entries.map(({ entry, heading }) => ({
    id: entry.id,
    title: flat(entry.title),
    anchor: anchors[heading] ?? '',
  })),
});

const chaptersOf = (guide: Guide, linkTo: (id: string) => string | null): Chapter[] => [
  ...categoryChapters(guide.entries, linkTo),
  ...sectionChapters(guide),
];

function categoryChapters(entries: readonly GuideEntry[], linkTo: (id: string) => string | null): Chapter[] {
  const byCategory = new Map<string, GuideEntry[]>();
  for (const entry of [...entries].sort((a, b) => numberOf(a.id) - numberOf(b.id))) {
    const category = flat(entry.category);
    byCategory.set(category, [...(byCategory.get(category) ?? []), entry]);
  }
  return [...byCategory]
    .sort(([a], [b]) => byName(a, b))
    .map(([category, members]) => {
      const title = category || NO_CATEGORY;
      const chapter: Chapter = { title, blocks: [`## ${inline(title)}`], headings: [title], entries: [] };
      for (const entry of members) {
        const { blocks, headings } = renderEntry(entry, { level: 3, linkTo, localLabels: true });
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
      const text = localLabels(embedded.text, definedLabels([body]), new GithubSlugger().slug(flat(title)));
      return {
        title,
        blocks: [`## ${inline(title)}`, ...(text ? [text] : [])],
        headings: [flat(title), ...embedded.headings],
        entries: [],
      };
    });
}

function contents(outline: readonly OutlineChapter[]): string {
  return outline
    .flatMap(({ title, anchor, entries }) => [
      `- [${inline(title)}](#${anchor})`,
      ...entries.map((entry) => `  - [${entry.id}: ${inline(entry.title)}](#${entry.anchor})`),
    ])
    .join('\n');
}

function preface({ entries, sections }: Guide): string {
  if (entries.length + sections.length === 0) return NOTHING_PUBLISHED;
  const known = entries.length === 1 ? 'one known error' : `${entries.length} known errors`;
  return `What we know about our errors: ${known}, what causes each of them, what solves it and how it is kept from coming back. ${KEPT_IN_ERRATA}`;
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
    updated ? `**${LAST_UPDATED}**: ${updated.slice(0, 10)}` : '',
    review ? `**${NEXT_REVIEW}**: ${review}` : '',
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
