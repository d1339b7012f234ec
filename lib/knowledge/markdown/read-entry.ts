import { type EntryContent, entryContentSchema } from '../entry-schema';
import { deriveSignatures } from './error-signatures';
import { type LabelField, type LabelIndex, normaliseLabel } from './field-labels';
import { findResolutionTime, readDate, readItems, readMinutes, readPrevention } from './field-values';
import { type Fragment, fragmentsOf, labelledText, wholeText } from './fragments';
import { isDate, leadingDate, readHeading, readStatus, type StatusHint, severityOf, stripEmoji } from './heading-shape';
import { tellsOfTrouble } from './heading-topic';
import { CORE_FIELDS } from './label-segments';
import { joinPieces, linkPieces, type Section } from './outline';
import { readSolutions, type SolutionPart } from './read-solutions';
import { impactSeverity, latestStatus, statusLines } from './status-marks';
import type { MarkdownSource } from './syntax-tree';
import { sortBody } from './unlabelled-body';

export interface EntryReading {
  content: EntryContent;
  status: StatusHint;
  number: string | null;
}

/** Limits of length are the importer's to check: a text that is too long is reported, not cut. */
const EMPTY: EntryContent = entryContentSchema.parse({ title: '-' });

type MarkdownField = 'symptoms' | 'detection' | 'diagnosis' | 'root_cause' | 'impact' | 'validation';

/** Labels that say no more than the field they lead to; any other is kept in the text. */
const OWN_WORDS: Record<MarkdownField, RegExp> = {
  symptoms: /symptom|problem|issue|error|description|question|meaning/,
  detection: /detect|found|discover/,
  diagnosis: /diagnos|investigat|debug/,
  root_cause: /cause|reason|why/,
  impact: /impact/,
  validation: /validat|verif/,
};

/** Reads what stands beneath a problem's heading into fields. */
export function readEntry(source: MarkdownSource, section: Section, index: LabelIndex, category: string): EntryReading {
  const shape = readHeading(section.heading);
  const fragments = fragmentsOf(source, section, index);
  const reading = contentOf(source, fragments, { title: shape.title, category });
  const { severity, first_seen, references } = reading.content;
  const content = {
    ...reading.content,
    references: [...linkPieces(section).map((piece) => piece.text), ...references],
    severity: severity ?? shape.severity,
    first_seen: first_seen ?? dateAbove(section),
  };
  return { content, status: reading.status ?? shape.status, number: shape.number };
}

/** The day of an incident: its heading begins with it, or the one above is nothing else. */
function dateAbove(section: Section): string | null {
  const above = section.parent && isDate(section.parent.heading) ? section.parent.heading : '';
  const written = leadingDate(stripEmoji(section.heading))?.date ?? above;
  return readDate(written.replace(/[[\]]/g, ''))?.date ?? null;
}

/** Fields from labelled stretches. Whatever a field cannot hold whole goes to the notes, under its label. */
export function contentOf(
  source: MarkdownSource,
  fragments: readonly Fragment[],
  given: { title: string; category: string },
): { content: EntryContent; status: StatusHint } {
  const texts: Record<MarkdownField | 'notes' | 'environment', string[]> = {
    ...{
      symptoms: [],
      detection: [],
      diagnosis: [],
      root_cause: [],
      impact: [],
      validation: [],
      notes: [],
      environment: [],
    },
  };
  const solutions: SolutionPart[] = [];
  let shownLater = '';
  const draft: Partial<EntryContent> = {};
  let status: StatusHint = null;
  const note = (fragment: Fragment) => texts.notes.push(labelledText(fragment.label, wholeText(fragment)));
  const labelled = fragments.some((fragment) => fragment.field !== 'body' && fragment.field !== 'notes');
  let coreSeen = false;

  for (const fragment of fragments) {
    const value = wholeText(fragment);
    const line = stripEmoji(value).replace(/[*_`]/g, '').trim();
    if (CORE_FIELDS.has(fragment.field as LabelField)) coreSeen = true;
    switch (fragment.field) {
      case 'body': {
        if (labelled && !coreSeen) texts.symptoms.push(value);
        else if (labelled) texts.notes.push(value);
        else {
          const sorted = sortBody(fragment.pieces);
          texts.symptoms.push(joinPieces(sorted.symptoms));
          texts.root_cause.push(joinPieces(sorted.root_cause));
          shownLater = joinPieces(sorted.shown);
          if (sorted.solution.length > 0) solutions.push({ title: '', steps: false, pieces: sorted.solution });
        }
        break;
      }
      case 'notes':
        texts.notes.push(`### ${fragment.label}\n\n${value}`.trim());
        break;
      case 'symptoms':
      case 'detection':
      case 'diagnosis':
      case 'root_cause':
      case 'impact':
      case 'validation': {
        const first = texts[fragment.field].every((text) => text === '');
        const implied =
          first && fragment.label !== null && OWN_WORDS[fragment.field].test(normaliseLabel(fragment.label));
        if (value !== '') texts[fragment.field].push(implied ? value : labelledText(fragment.label, value));
        break;
      }
      case 'solutions':
        solutions.push({ title: solutionTitle(fragment), steps: fragment.steps, pieces: fragment.pieces });
        break;
      case 'prevention':
        draft.prevention = [
          ...(draft.prevention ?? []),
          ...(fragment.rest.trim() ? [{ text: fragment.rest, done: false }] : []),
          ...readPrevention(source, fragment.pieces),
        ];
        break;
      case 'environment': {
        const implied = fragment.label !== null && normaliseLabel(fragment.label).startsWith('environment');
        texts.environment.push(implied ? value : labelledText(fragment.label, value));
        break;
      }
      case 'references':
      case 'related_files':
      case 'related_entries': {
        const items = readItems(source, fragment.pieces, { commas: fragment.field !== 'references' });
        const ids = items.every((item) => /^#?\d{1,6}$|^[A-Z]{2,10}-\d{1,6}$/.test(item));
        const field = fragment.field === 'related_entries' && !ids ? 'references' : fragment.field;
        draft[field] = [
          ...(draft[field] ?? []),
          ...[fragment.rest].filter(Boolean),
          ...items.map((item) => (field === 'references' ? item : item.replace(/^`([^`]+)`$/, '$1'))),
        ];
        break;
      }
      case 'tags':
        draft.tags = [
          ...(draft.tags ?? []),
          ...readItems(source, fragment.pieces, { commas: true }).map((tag) => tag.replace(/^[`#]+|`+$/g, '')),
        ].filter((tag) => tag !== '');
        break;
      case 'category':
      case 'component': {
        const limit = fragment.field === 'category' ? 100 : 200;
        if (draft[fragment.field] === undefined && line !== '' && line.length <= limit && !line.includes('\n'))
          draft[fragment.field] = line;
        else note(fragment);
        break;
      }
      case 'severity': {
        const severity = severityOf(value);
        draft.severity ??= severity;
        if (severity === null || line.toLowerCase() !== severity)
          texts.impact.push(labelledText(fragment.label, value));
        break;
      }
      case 'first_seen':
      case 'next_review': {
        const read = readDate(line);
        if (read && !draft[fragment.field]) draft[fragment.field] = read.date;
        if (!read?.exact) note(fragment);
        break;
      }
      case 'resolution_minutes':
        draft.resolution_minutes ??= readMinutes(line);
        texts.impact.push(labelledText(fragment.label, value));
        break;
      case 'status':
        status = /^\W*(?:open|new|active|todo|to do)\b/i.test(value) ? 'in_progress' : (readStatus(value) ?? status);
        note(fragment);
        break;
      case 'number':
        note(fragment);
        break;
    }
  }

  const marks = fragments.flatMap((fragment) => [fragment.label ?? '', fragment.rest, ...statusLines(fragment.pieces)]);
  const impact = paragraphs(texts.impact);
  // Where nothing else tells how it shows, the heading does.
  const shown = tellsOfTrouble(given.title) && given.title.trim().length > 3 ? given.title.slice(0, 500) : '';
  const symptoms = paragraphs(texts.symptoms) || shown;
  const content: EntryContent = {
    ...EMPTY,
    ...draft,
    title: (SAYS_NOTHING.test(given.title) ? firstSentence(symptoms) : given.title).slice(0, 500) || 'Untitled',
    category: draft.category ?? given.category,
    severity: draft.severity ?? impactSeverity(impact),
    symptoms,
    detection: paragraphs(texts.detection),
    diagnosis: paragraphs(texts.diagnosis),
    root_cause: paragraphs(texts.root_cause),
    solutions: readSolutions(source, solutions),
    impact,
    resolution_minutes: draft.resolution_minutes ?? findResolutionTime(impact),
    validation: paragraphs(texts.validation),
    environment: paragraphs(texts.environment),
    notes: paragraphs(texts.notes),
    signatures: deriveSignatures(paragraphs([symptoms, shownLater]), given.title),
  };
  return { content, status: status ?? latestStatus(marks) };
}

/** Headings of forms: what the problem is stands beneath them. */
const SAYS_NOTHING =
  /^(?:describe the (?:bug|issue|problem)|(?:bug|issue|problem)(?: description| report| summary)?|description|what happened|what went wrong|summary)\W*$/i;

/** The first sentence of prose, or where there is none, the first line of words. */
function firstSentence(markdown: string): string {
  const line = markdown.split('\n').find((text) => /\p{L}{2}/u.test(text) && !/^\s*(?:`{3}|~{3})/.test(text)) ?? '';
  const words = line
    .slice(0, 1000)
    .replace(/^\s*(?:[-+*]|\d+[.)])\s+/, '')
    .replace(/[*_`]{1,3}/g, '')
    .trim();
  return (/^.{10,160}?[.!?](?=\s|$)/u.exec(words)?.[0] ?? words.slice(0, 160)).replace(/[.:\s]+$/, '');
}

const paragraphs = (texts: readonly string[]): string => texts.filter((text) => text.trim() !== '').join('\n\n');

/** `Solution` says nothing a list of solutions does not; `Code Changes Made`, `Option B` and what follows a number do. */
function solutionTitle(fragment: Fragment): string {
  const label = fragment.label ?? '';
  const bare = /^(?:the )?(?:solutions?|fix(?:es)?|answer|a|resolution|how to (?:fix|resolve|solve)(?: it)?)$/.test(
    normaliseLabel(label).replace(/ (?:\d{1,2}|[a-d])$/, ''),
  );
  if (bare) return fragment.rest.slice(0, 500);
  return [label, fragment.rest]
    .filter((part) => part !== '')
    .join(label === '' || /^[([✅🔄]/u.test(fragment.rest) ? ' ' : ': ')
    .slice(0, 500);
}
