import { parseDocument, stringify } from 'yaml';
import { type EntryContent, entryContentSchema, type PreventionItem } from './entry-schema';
import { FIELD_WORDS } from './field-text';

/**
 * An entry as one text to edit: values as YAML front matter, prose under `# Symptoms` and the like, one `# Solution: …`
 * each, prevention as a checklist. Reading what was written gives the same content back, whatever stands in it.
 */

const VALUES = [
  'title',
  'category',
  'severity',
  'component',
  'tags',
  'first_seen',
  'resolution_minutes',
  'next_review',
  'environment',
  'signatures',
  'related_files',
  'related_entries',
  'references',
] as const satisfies readonly (keyof EntryContent)[];
const PROSE = ['symptoms', 'root_cause', 'detection', 'diagnosis', 'impact', 'validation', 'notes'] as const;
type Prose = (typeof PROSE)[number];

const HEADINGS = new Map<string, Prose>(PROSE.map((field) => [FIELD_WORDS[field], field]));
const NAMES = [...HEADINGS.keys(), 'Prevention'].join('|');
/** A line that begins a section, or would if it were not escaped. */
const HEADING = new RegExp(`^(\\\\*)# (?:(${NAMES})|Solution(?:: (.*))?)$`, 's');
const FENCE = '---';

export interface SourceProblem {
  /** From 1. */
  line: number;
  message: string;
}
export type SourceReading = { ok: true; content: EntryContent } | { ok: false; problems: SourceProblem[] };

export function writeSource(content: EntryContent): string {
  const values = VALUES.filter((field) => field === 'title' || isFilled(content[field]));
  const front = writeFrontMatter(Object.fromEntries(values.map((field) => [field, content[field]])));
  const prose = (field: Prose) => (content[field] === '' ? [] : section(FIELD_WORDS[field], content[field]));
  return [
    `${FENCE}\n${front}${FENCE}\n`,
    ...prose('symptoms'),
    ...prose('root_cause'),
    ...content.solutions.flatMap(({ title, steps }) =>
      section(title === '' ? 'Solution' : `Solution: ${writeTitle(title)}`, steps),
    ),
    ...(content.prevention.length > 0 ? section('Prevention', content.prevention.map(writeItem).join('\n')) : []),
    ...PROSE.slice(2).flatMap(prose),
  ].join('\n');
}

/** YAML as people write it, unless a value would not come back from that: then everything is quoted. */
function writeFrontMatter(values: object): string {
  const plain = stringify(values, { lineWidth: 0 });
  return JSON.stringify(readYaml(plain).toJS()) === JSON.stringify(values) ? plain : stringify(values, QUOTED);
}

const QUOTED = {
  lineWidth: 0,
  blockQuote: false,
  defaultStringType: 'QUOTE_DOUBLE',
  defaultKeyType: 'PLAIN',
  doubleQuotedMinMultiLineLength: 1_000_000,
} as const;

/** The core schema has no dates: they stay the text they were written as. */
const readYaml = (text: string) => parseDocument(text, { schema: 'core' });

const isFilled = (value: unknown): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

const section = (heading: string, body: string): string[] => [
  `# ${heading}\n`,
  `${body.split('\n').map(escapeHeading).join('\n')}\n`,
];

const escapeHeading = (line: string): string => (HEADING.test(line) ? `\\${line}` : line);
const unescapeHeading = (line: string): string => (line.startsWith('\\') && HEADING.test(line) ? line.slice(1) : line);

/** A title that would not survive as the end of a line is written as a JSON string. */
const writeTitle = (title: string): string => (/[\n\r]|^\s|\s$|^"/.test(title) ? JSON.stringify(title) : title);

function readTitle(text: string): string {
  if (!text.startsWith('"')) return text.trim();
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

const ITEM = /^- \[([ xX])\] ?(.*)$/s;
const FACT = /^ {2}@(owner|due|link): (.*)$/s;

function writeItem({ text, done, owner, due, link }: PreventionItem): string {
  const [first = '', ...rest] = text.split('\n');
  const facts = Object.entries({ owner, due, link }).filter(([, value]) => value);
  return [
    `- [${done ? 'x' : ' '}] ${first}`,
    ...rest.map((line) => `  ${/^\\*@/.test(line) ? `\\${line}` : line}`),
    ...facts.map(([name, value]) => `  @${name}: ${JSON.stringify(value).slice(1, -1)}`),
  ].join('\n');
}

interface Section {
  heading: string;
  solution: string | null;
  /** Line of the heading, from 1. */
  line: number;
  body: string[];
}

/** Text before the first heading, and lines of the checklist that are no item, go to the notes: nothing is lost. */
export function readSource(text: string): SourceReading {
  const lines = text.split('\n');
  const end = lines[0]?.trimEnd() === FENCE ? lines.findIndex((line, at) => at > 0 && line.trimEnd() === FENCE) : -1;
  if (end < 0) return failure(1, `expected front matter: a line ${FENCE}, then title and the like, then ${FENCE}`);
  const front = readFrontMatter(`${lines.slice(1, end).join('\n')}\n`);
  if (!front.ok) return front;
  const { stray, sections } = splitSections(lines, end + 1);
  const content: Record<string, unknown> = { ...front.values };
  const notes: string[] = stray.length > 0 ? [stray.join('\n')] : [];
  const solutions: { title: string; steps: string }[] = [];
  for (const { heading, solution, body } of sections) {
    const words = body.join('\n');
    const field = HEADINGS.get(heading);
    if (solution !== null) solutions.push({ title: solution, steps: words });
    else if (field) content[field] = field in content ? `${String(content[field])}\n\n${words}` : words;
    else {
      const read = readItems(body);
      content.prevention = [...((content.prevention as PreventionItem[] | undefined) ?? []), ...read.items];
      if (read.stray.length > 0) notes.push(read.stray.join('\n'));
    }
  }
  if (notes.length > 0) content.notes = [content.notes, ...notes].filter((part) => part !== undefined).join('\n\n');
  const parsed = entryContentSchema.safeParse({ ...content, solutions });
  if (parsed.success) return { ok: true, content: { ...parsed.data, title: String(content.title ?? '') } };
  return {
    ok: false,
    problems: parsed.error.issues.map(({ path, message }) => ({
      line: lineOf(String(path[0]), lines, sections),
      message: `${path.join('.')}: ${message}`,
    })),
  };
}

const failure = (line: number, message: string): SourceReading => ({ ok: false, problems: [{ line, message }] });

function readFrontMatter(
  yaml: string,
): { ok: true; values: Record<string, unknown> } | { ok: false; problems: SourceProblem[] } {
  const document = readYaml(yaml);
  if (document.errors.length > 0)
    return {
      ok: false,
      problems: document.errors.map((error) => ({
        line: (error.linePos?.[0].line ?? 1) + 1,
        message: error.message.split('\n')[0] ?? 'not YAML',
      })),
    };
  const values: unknown = document.toJS({ maxAliasCount: 0 }) ?? {};
  if (values === null || typeof values !== 'object' || Array.isArray(values))
    return { ok: false, problems: [{ line: 2, message: 'expected lines such as `title: …`' }] };
  const unknown = Object.keys(values).find((name) => !(VALUES as readonly string[]).includes(name));
  if (unknown === undefined) return { ok: true, values: values as Record<string, unknown> };
  const line = yaml.split('\n').findIndex((each) => each.startsWith(unknown)) + 2;
  return { ok: false, problems: [{ line, message: `no field is called "${unknown}"; expected ${VALUES.join(', ')}` }] };
}

function splitSections(lines: readonly string[], from: number): { stray: string[]; sections: Section[] } {
  const sections: Section[] = [];
  const stray: string[] = [];
  for (const [at, line] of lines.entries()) {
    if (at < from) continue;
    const match = HEADING.exec(line);
    if (match && match[1] === '')
      sections.push({
        heading: match[2] ?? '',
        solution: match[2] === undefined ? readTitle(match[3] ?? '') : null,
        line: at + 1,
        body: [],
      });
    else (sections.at(-1)?.body ?? stray).push(unescapeHeading(line));
  }
  // Each section was written with an empty line before and after its words; those are not the words'.
  for (const each of sections) {
    if (each.body[0] === '') each.body.shift();
    if (each.body.at(-1) === '') each.body.pop();
  }
  return { stray: stray.every((line) => line.trim() === '') ? [] : stray, sections };
}

function readItems(body: readonly string[]): { items: PreventionItem[]; stray: string[] } {
  const items: PreventionItem[] = [];
  const stray: string[] = [];
  for (const line of body) {
    const start = ITEM.exec(line);
    const item = items.at(-1);
    const fact = FACT.exec(line);
    if (start) items.push({ text: start[2] ?? '', done: start[1] !== ' ' });
    else if (item && fact) item[fact[1] as 'owner'] = readFact(fact[2] ?? '');
    else if (item && line.startsWith('  ')) item.text += `\n${line.slice(2).replace(/^\\(\\*@)/, '$1')}`;
    else if (line.trim() !== '') stray.push(line);
  }
  return { items, stray };
}

function readFact(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

function lineOf(field: string, lines: readonly string[], sections: readonly Section[]): number {
  const inFront = lines.findIndex((line) => line.startsWith(`${field}:`));
  if (inFront >= 0) return inFront + 1;
  const heading = field === 'solutions' ? null : field === 'prevention' ? 'Prevention' : field;
  return sections.find((each) => (heading === null ? each.solution !== null : each.heading === heading))?.line ?? 1;
}
