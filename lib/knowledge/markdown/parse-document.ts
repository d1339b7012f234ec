import type { EntryContent, TrackRecord } from '../entry-schema';
import type { EntryStatus } from '../entry-words';
import { asciidocToMarkdown } from './asciidoc';
import { documentWarnings } from './document-warnings';
import { DEFAULT_LABELS, type LabelIndex, matchLabel, normaliseLabel } from './field-labels';
import { fragmentsOf } from './fragments';
import { guideSections, type ParsedSection, takeFooter, titleSection } from './guide-sections';
import { isDate, readHeading, type StatusHint } from './heading-shape';
import { joinUpdate } from './join-updates';
import { type ListedProblems, problemsInLists, problemsInTables, problemsInText } from './listed-problems';
import { buildOutline, type Piece, pathOf, type Section } from './outline';
import { contentOf, readEntry } from './read-entry';
import { readEntryFile } from './read-entry-file';
import { readGuide } from './read-guide';
import { type Role, recogniseEntries } from './recognise-entries';
import { type ImportWarning, type MarkdownSource, normaliseText, parseMarkdown } from './syntax-tree';

export interface ParsedEntry {
  content: EntryContent;
  /** Headings above it and its own, outermost first, as the author wrote them. */
  path: string[];
  /** By which a repeated import recognises it: the normalised heading, and which of several equal ones it is (from 1). */
  key: { heading: string; ordinal: number };
  /** Line of its heading. */
  line: number;
  /** What the document says of its state. */
  status: StatusHint;
  /** The author's number for it: `12`, `ERROR-007`. */
  number: string | null;
  /** Where the document is an export of ours. */
  restored?: RestoredEntry;
}

/** What an export of ours says of an entry besides its content. */
export interface RestoredEntry {
  /** 42 of `ERROR-042`. */
  number: number | null;
  externalId: string | null;
  status: EntryStatus | null;
  disputed: boolean;
  trackRecord: TrackRecord | null;
  /** A date, or a time with its zone. */
  updatedAt: string | null;
}

export interface ParsedDocument {
  entries: ParsedEntry[];
  sections: ParsedSection[];
  warnings: ImportWarning[];
  /** Only of an export of ours: its title, and the lines (from 1) that every export writes anew. */
  guide?: { title: string | null; skipped: ReadonlySet<number> };
}

/**
 * Reads a Markdown document of any dialect into entries and guide sections. Every line of it ends up in one of them.
 * @param name file name; also tells what the document is about. @param labels field labels, to add a team's own words.
 */
export function parseKnowledgeDocument(input: { name: string; text: string; labels?: LabelIndex }): ParsedDocument {
  const ours = readEntryFile(input.text) ?? readGuide(input.text);
  if (ours) return ours;
  const index = input.labels ?? DEFAULT_LABELS;
  const source = parseMarkdown(asciidocToMarkdown(normaliseText(input.text)));
  const documentName =
    input.name.replace(/^.*[/\\]/, '').replace(/\.(?:md|markdown|mdx|txt)$/i, '') || 'Imported document';
  const title = frontMatterTitle(source);
  const root = titledArticle(buildOutline(source, index), title || documentName, index);
  const roles = recogniseEntries(source, root, `${documentName} ${title}`, index);
  const last = lastSection(root);
  const footer = roles.has(topOf(last, roles)) ? takeFooter(last) : [];

  const reader = new DocumentReader(source, roles, index, titleSection(root));
  reader.read(root);
  const sections = guideSections({
    source,
    root,
    consumed: reader.consumed,
    consumedPieces: reader.consumedPieces,
    footer,
    documentName,
  });
  const top = titleSection(root);
  const topKept =
    top !== null && sections.some((section) => section.line === top.line && section.title === top.heading);
  const entries = reader.entries.map(({ chain, ...entry }) => ({
    ...entry,
    path: chain
      .filter((section) => !(topKept && section === top))
      .map((section) => section.written)
      .concat(entry.path),
  }));
  return {
    entries,
    sections,
    warnings: [...source.warnings, ...documentWarnings(source, summaries(entries))].sort((a, b) => a.line - b.line),
  };
}

/**
 * A page of one problem whose name is in its front matter or is that of the file, and whose headings are but labels (`Why this
 * error occurred`, `Possible ways to fix it`): the document gets the title it lacks.
 */
function titledArticle(root: Section, name: string, index: LabelIndex): Section {
  const labels = root.children.map(({ heading }) => matchLabel(heading, index)?.field ?? null);
  const isArticle =
    root.children.every(({ depth }) => depth > 1 && depth < 7) &&
    new Set(labels).size === labels.length &&
    labels.some((field) => field === 'solutions') &&
    labels.some((field) => field === 'root_cause' || field === 'symptoms');
  if (!isArticle) return root;
  const words = name.replace(/^["']|["']$/g, '').replaceAll('`', '');
  const blocks = root.blocks.filter(({ node }) => node?.type !== 'yaml');
  const article: Section = {
    ...root,
    depth: 1,
    heading: words,
    written: words,
    line: 1,
    headingEnd: 1,
    blocks,
    parent: root,
  };
  for (const child of article.children) child.parent = article;
  root.blocks = root.blocks.filter(({ node }) => node?.type === 'yaml');
  root.children = [article];
  return root;
}

/** `title: …` of the front matter says what a document is about, as its first heading does. */
function frontMatterTitle({ tree }: MarkdownSource): string {
  const [first] = tree.children;
  return first?.type === 'yaml' ? (/^title:[ \t]*(.{1,200})$/m.exec(first.value)?.[1] ?? '') : '';
}

const summaries = (entries: readonly ParsedEntry[]) =>
  entries.map(({ number, line, status, content }) => ({ number, line, status, title: content.title }));

const lastSection = (section: Section): Section =>
  section.children.length === 0 ? section : lastSection(section.children.at(-1)!);

/** The entry a section stands in, or the section itself. */
const topOf = (section: Section, roles: ReadonlyMap<Section, Role>): Section =>
  roles.has(section) || !section.parent ? section : topOf(section.parent, roles);

type Draft = ParsedEntry & { chain: Section[] };

class DocumentReader {
  readonly entries: Draft[] = [];
  readonly consumed = new Set<Section>();
  readonly consumedPieces = new Set<Piece>();
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly source: MarkdownSource,
    private readonly roles: ReadonlyMap<Section, Role>,
    private readonly index: LabelIndex,
    private readonly title: Section | null,
  ) {}

  read(section: Section): void {
    const role = this.roles.get(section);
    if (role === 'update' && this.joinToEntry(section)) return;
    if (role === 'entry' || role === 'update') {
      // A table of other problems at the end of one is not about it.
      const table = problemsInTables(this.source, section, this.index);
      const tables = new Set(table.pieces);
      section.blocks = section.blocks.filter((piece) => !tables.has(piece));
      const { content, status, number } = readEntry(this.source, section, this.index, categoryOf(section, this.title));
      this.add({
        content,
        status,
        number,
        line: section.line,
        heading: section.heading,
        chain: pathOf(section),
        path: [],
      });
      this.consumed.add(section);
      this.addListed(section, table);
      return;
    }
    if (role === 'group') this.addListed(section, problemsInText(this.source, section, this.index));
    this.addListed(section, problemsInTables(this.source, section, this.index));
    this.addListed(section, problemsInLists(this.source, section, this.index));
    for (const child of section.children) this.read(child);
  }

  private add({ heading, ...entry }: Omit<Draft, 'key'> & { heading: string }): void {
    const key = normaliseLabel(heading).slice(0, 300);
    const ordinal = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, ordinal);
    this.entries.push({ ...entry, key: { heading: key, ordinal } });
  }

  private addListed(section: Section, { problems, pieces }: ListedProblems): void {
    for (const { title, source = title, line, fragments } of problems) {
      const category = categoryOf(section, this.title, !this.roles.has(section) || this.roles.get(section) === 'group');
      const { content, status } = contentOf(this.source, fragments, { title: readHeading(title).title, category });
      this.add({ content, status, number: null, line, heading: title, chain: pathOf(section), path: [source] });
    }
    for (const piece of pieces) this.consumedPieces.add(piece);
  }

  /** Adds an update to the latest entry of its number. False where there is none: it then stands alone. */
  private joinToEntry(section: Section): boolean {
    const { number } = readHeading(section.heading);
    const entry = this.entries.findLast((one) => one.number === number);
    if (!entry) return false;
    const update = contentOf(this.source, fragmentsOf(this.source, section, this.index), {
      title: section.heading,
      category: '',
    });
    entry.content = joinUpdate(entry.content, update.content, section.heading);
    entry.status = update.status ?? readHeading(section.heading).status ?? entry.status;
    this.consumed.add(section);
    return true;
  }
}

const GENERIC =
  /^(?:common|general|known|other|misc(?:ellaneous)?|frequent(?:ly asked)?|encountered|typical|others?|troubleshooting|solutions?|(?:quick )?fixes|mistakes|pitfalls|gotchas|faq|resolved|open|active|all|the|list of|integration testing)?$/i;

/** `Backend Issues` above an entry makes `Backend` its category; `Common Issues` says nothing. */
function categoryOf(section: Section, title: Section | null, includeSelf = false): string {
  for (let at = includeSelf ? section : section.parent; at && at !== title && at.depth > 0; at = at.parent) {
    const words = readHeading(at.heading)
      .title.replace(/\s*\b(?:issues?|errors?|problems?|failures?|questions|troubleshooting|faqs?|bugs?)\b.*$/i, '')
      .replace(/^(?:common|known|general|frequent|typical|other)\s+/i, '')
      .trim();
    if (words.length <= 60 && !GENERIC.test(words) && !isDate(at.heading)) return words;
  }
  return '';
}
