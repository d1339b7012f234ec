import GithubSlugger from 'github-slugger';
import { parseEntryId } from '../entry-words';
import { scanBlocks } from './block-scan';
import { CONTENTS, KEPT_IN_ERRATA, LAST_UPDATED, NEXT_REVIEW, NO_CATEGORY, NOTHING_PUBLISHED } from './guide-words';
import type { ParsedDocument, ParsedEntry } from './parse-document';
import { plainOf } from './plain-from-markdown';
import { type GuideLines, readGuideEntry, textOf } from './read-guide-entry';
import { normaliseText } from './syntax-tree';

const ENTRY = /^(ERROR-\d{3,9}): (.*)$/;

/**
 * Reads a guide that Errata exported: entries with their numbers, states and track records, and sections, so that exporting
 * them again gives the same bytes. Null for any other document.
 */
export function readGuide(text: string): ParsedDocument | null {
  const lines = normaliseText(text).split('\n');
  if (!isGuide(lines)) return null;
  const guide: GuideLines = { lines, headings: scanBlocks(lines).headings };
  const { end, updated } = closingOf(lines);
  const tops = guide.headings.filter((heading) => heading.level <= 2 && heading.line > 0 && heading.line < end);
  const contents = tops[0]?.words === CONTENTS ? tops[0] : undefined;
  const chapters = tops.slice(contents ? 1 : 0);
  const holdsEntries = contents ? entriesListed(lines, contents.line, chapters[0]?.line ?? end) : [];
  const listed = holdsEntries.length === chapters.length;
  const taken = skippedLines(chapters[0]?.line ?? end, end, lines);
  const document: ParsedDocument = {
    entries: [],
    sections: [],
    warnings: [],
    guide: { title: plainOf(guide.headings[0]?.words ?? ''), skipped: taken },
  };
  const isLast = (at: number) => !chapters.slice(at + 1).some((_, after) => holdsEntries[at + 1 + after]);
  chapters.forEach((chapter, at) => {
    const to = chapters[at + 1]?.line ?? end;
    const entries = guide.headings.filter(({ level, line }) => level === 3 && line > chapter.line && line < to);
    const title = plainOf(chapter.words);
    if (!(listed ? holdsEntries[at] : entries.some(({ words }) => ENTRY.test(words)))) {
      addSection(document, { title, body: textOf(lines, chapter.line + 1, to), line: chapter.line + 1 }, updated);
      return;
    }
    const lead = textOf(lines, chapter.line + 1, entries[0]?.line ?? to);
    if (lead !== '') addSection(document, { title, body: lead, line: chapter.line + 1 }, updated);
    const category = title === NO_CATEGORY && isLast(at) ? '' : title;
    entries.forEach((heading, place) => {
      const range = { from: heading.line + 1, to: entries[place + 1]?.line ?? to, level: 3, taken };
      document.entries.push(readEntry(guide, heading, range, category, updated));
    });
  });
  return document;
}

const isGuide = (lines: readonly string[]): boolean =>
  /^# \S/.test(lines[0] ?? '') &&
  lines.slice(1, 6).some((line) => line.endsWith(KEPT_IN_ERRATA) || line === NOTHING_PUBLISHED);

function readEntry(
  guide: GuideLines,
  heading: { line: number; words: string },
  range: { from: number; to: number; level: number; taken: Set<number> },
  category: string,
  updated: string | null,
): ParsedEntry {
  const [, id = null, words = heading.words] = ENTRY.exec(heading.words) ?? [];
  const title = plainOf(words);
  const reading = readGuideEntry(guide, range, title);
  const number = id === null ? null : parseEntryId(id);
  return {
    content: { ...reading.content, category },
    path: [category || NO_CATEGORY, heading.words],
    key: { heading: heading.words.slice(0, 300), ordinal: 1 },
    line: heading.line + 1,
    status: null,
    number: null,
    restored: {
      number,
      externalId: null,
      status: reading.status,
      disputed: reading.disputed,
      trackRecord: reading.trackRecord,
      updatedAt: updated,
    },
  };
}

function addSection(
  document: ParsedDocument,
  { title, body, line }: { title: string; body: string; line: number },
  updatedAt: string | null,
): void {
  const slugger = new GithubSlugger();
  for (const { slug } of document.sections) slugger.slug(slug);
  const slug = slugger.slug(title.slice(0, 100)) || 'section';
  document.sections.push({ slug, title, body, line, restored: { slug: null, position: null, updatedAt } });
}

/** For each chapter of the contents, whether entries stand in it. */
function entriesListed(lines: readonly string[], from: number, to: number): boolean[] {
  const holds: boolean[] = [];
  for (const line of lines.slice(from + 1, to)) {
    if (line.startsWith('- [')) holds.push(false);
    else if (line.startsWith('  - [') && holds.length > 0) holds[holds.length - 1] = true;
  }
  return holds;
}

/** Where the closing dates begin, and what they say. */
function closingOf(lines: readonly string[]): { end: number; updated: string | null } {
  let last = lines.length - 1;
  while (last > 0 && lines[last]?.trim() === '') last -= 1;
  if (lines[last]?.startsWith(`**${NEXT_REVIEW}**: `)) last -= 1;
  const updated = new RegExp(`^\\*\\*${LAST_UPDATED}\\*\\*: (\\d{4}-\\d{2}-\\d{2}) {0,2}$`).exec(
    lines[last] ?? '',
  )?.[1];
  const rule = lines.slice(0, last).findLastIndex((line) => line.trim() !== '');
  return updated && lines[rule] === '---' ? { end: rule, updated } : { end: lines.length, updated: null };
}

/** Title, preface, contents and closing dates are written anew by each export. */
function skippedLines(from: number, to: number, lines: readonly string[]): Set<number> {
  const skipped = new Set<number>();
  for (let line = 1; line <= lines.length; line += 1) if (line <= from || line > to) skipped.add(line);
  return skipped;
}
