import GithubSlugger from 'github-slugger';
import { readHeading } from './heading-shape';
import { linkPieces, type Piece, type Section, subtreePieces } from './outline';
import { type MarkdownSource, sliceLines } from './syntax-tree';

/** Free text of a document: what is no entry. */
export interface ParsedSection {
  /** Unique within the document. */
  slug: string;
  title: string;
  /** Markdown as it stands in the document, without the title's own line. */
  body: string;
  /** Line of its heading. */
  line: number;
  /** Where the document is an export of ours: what it says besides. */
  restored?: { slug: string | null; position: number | null; updatedAt: string | null };
}

export interface SectionInput {
  source: MarkdownSource;
  root: Section;
  /** Sections that became entries, with everything beneath them. */
  consumed: ReadonlySet<Section>;
  /** Blocks that became entries. */
  consumedPieces: ReadonlySet<Piece>;
  /** The document's closing lines, where they stand beneath an entry. */
  footer: readonly Piece[];
  documentName: string;
}

/** The one heading of depth 1 that a document opens with, when there is just one. */
export function titleSection(root: Section): Section | null {
  const tops = root.children.filter((child) => child.depth === 1);
  return tops.length === 1 && root.children[0] === tops[0] ? tops[0]! : null;
}

/** Guide sections of a document, one for each top heading that holds anything but entries, first the text before them all. */
export function guideSections(input: SectionInput): ParsedSection[] {
  const { source, root, consumed, footer, documentName } = input;
  const title = titleSection(root);
  const isWholeEntry = title !== null && consumed.has(title);
  const tops =
    title && !isWholeEntry
      ? [...title.children, ...root.children.slice(1)]
      : root.children.filter((child) => child !== title || !isWholeEntry);
  const contents = new Set(tops.filter((top) => title !== null && isContents(top)));
  const lead = [
    ownText(input, root),
    ...(title && !isWholeEntry ? [...linkPieces(title).map((piece) => piece.text), ownText(input, title)] : []),
    ...[...contents].map((top) => [headingLines(source, top), bodyOf(input, top)].join('\n\n')),
    footer.map((piece) => piece.text).join('\n\n'),
  ].filter((text) => text.trim() !== '');
  const sections: Omit<ParsedSection, 'slug'>[] = [];
  const bare = title !== null && !isWholeEntry && consumed.size === 0 && input.consumedPieces.size === 0;
  if (lead.length > 0 || bare)
    sections.push({
      title: title && !isWholeEntry ? title.heading : documentName,
      body: lead.join('\n\n'),
      line: title?.line ?? 1,
    });
  for (const top of tops) {
    if (consumed.has(top) || contents.has(top)) continue;
    const body = [...linkPieces(top).map((piece) => piece.text), bodyOf(input, top)].filter(Boolean).join('\n\n');
    if (body !== '' || !holds(top, input)) sections.push({ title: top.heading || documentName, body, line: top.line });
  }
  const slugger = new GithubSlugger();
  return sections.map((section) => ({
    ...section,
    slug: slugger.slug(readHeading(section.title).title.slice(0, 100)) || 'section',
  }));
}

/** Whether entries came out of a section: its heading then lives on in their source. */
export const holds = (section: Section, input: Pick<SectionInput, 'consumed' | 'consumedPieces'>): boolean =>
  section.children.some((child) => input.consumed.has(child) || holds(child, input)) ||
  section.blocks.some((piece) => input.consumedPieces.has(piece));

const isContents = (section: Section): boolean =>
  /^(?:table of )?contents?$|^toc$/i.test(readHeading(section.heading).title);

/** Everything beneath a heading that is no entry; a heading above nothing but entries is left out. */
function bodyOf(input: SectionInput, section: Section): string {
  const parts = [ownText(input, section)];
  for (const child of section.children) {
    if (input.consumed.has(child)) continue;
    const body = bodyOf(input, child);
    if (body === '' && holds(child, input)) continue;
    parts.push(
      [headingLines(input.source, child), body].filter((text) => text !== '').join(child.standIn ? '\n' : '\n\n'),
    );
  }
  return parts.filter((text) => text !== '').join('\n\n');
}

const headingLines = (source: MarkdownSource, section: Section): string =>
  sliceLines(source, section.line, section.headingEnd);

/** The lines between a heading and the next, as they stand, without what became entries and without closing rules. */
function ownText(input: SectionInput, section: Section): string {
  const kept = section.blocks.filter((piece) => !input.consumedPieces.has(piece) && !input.footer.includes(piece));
  if (kept.length === 0) return '';
  const places = new Map(section.blocks.map((piece, at) => [piece, at]));
  const follows = (before: Piece, after: Piece) => places.get(after) === (places.get(before) ?? 0) + 1;
  const runs: string[] = [];
  let from = kept[0]!.line;
  let last = kept[0]!;
  for (const piece of kept.slice(1)) {
    if (!follows(last, piece)) {
      runs.push(sliceLines(input.source, from, last.endLine));
      from = piece.line;
    }
    last = piece;
  }
  runs.push(sliceLines(input.source, from, last.endLine));
  return runs
    .map(withoutRules)
    .filter((text) => text !== '')
    .join('\n\n');
}

const withoutRules = (text: string): string =>
  text
    .replace(/^(?:\s*\n|[-*_]{3,}\s*\n)+/, '')
    .replace(/(?:\n\s*|\n[-*_]{3,}\s*)+$/, '')
    .replace(/^[-*_]{3,}$/, '');

/**
 * The lines after the last rule of a document (`**Last Updated**: …`) speak of the document, not of the problem above them.
 * They are taken off the last section.
 */
export function takeFooter(last: Section): Piece[] {
  const at = last.blocks.findLastIndex((piece) => piece.node?.type === 'thematicBreak');
  if (at < 0) return [];
  const after = last.blocks.slice(at + 1);
  const isFooter =
    after.length > 0 &&
    after.every(
      (piece) =>
        piece.node?.type === 'paragraph' &&
        /\b(?:updated?|version|maintain|review|author|document|guide|contact)\b/i.test(piece.text.slice(0, 300)),
    );
  if (!isFooter) return [];
  last.blocks = last.blocks.slice(0, at);
  return after;
}

/** All pieces of a section and those beneath it. */
export const allPieces = (section: Section): Piece[] => subtreePieces(section).slice(1);
