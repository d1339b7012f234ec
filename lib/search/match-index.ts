import { COMMON_WORDS } from './common-words';
import { codesIn, typesIn } from './error-features';
import { MATCH_FIELDS, type MatchDocument, type MatchField } from './match-document';
import { terms, tokenize } from './tokenize';

/** A line by which an entry says how the error looks. */
export interface MessageLine {
  text: string;
  field: MatchField;
  parts: Set<string>;
  pairs: Set<string>;
}

export interface IndexedDocument {
  id: number;
  title: string;
  component: string;
  lines: MessageLine[];
  /** Error codes and exception types it names, lower-cased, with the field that names them first. */
  names: Map<string, MatchField>;
  signatures: MatchDocument['signatures'];
}

export interface Posting {
  slots: number[];
  weights: number[];
  /** How many of the slots hold a living document. */
  living: number;
  /** Imagined entries that hold it. */
  background: number;
}

/** How a field counts: its weight, and the length (in terms) from which on repeats count less. */
const FIELDS: Record<MatchField, { weight: number; length: number }> = {
  title: { weight: 3, length: 10 },
  symptoms: { weight: 2.5, length: 40 },
  signatures: { weight: 2.5, length: 20 },
  root_cause: { weight: 1, length: 150 },
  solution: { weight: 0.7, length: 150 },
  other: { weight: 0.7, length: 60 },
};
const LENGTH_NORM = 0.6;
const SATURATION = 1.2;
/** Imagined entries that hold nothing but common words. */
const BACKGROUND = 50;
const LINES = 40;
const LINE_PARTS = 60;

/**
 * Inverted index over published entries, kept in memory and changed one entry at a time. A document that changes gets a
 * new slot; dead slots are dropped when they outnumber a third of the living.
 */
export class MatchIndex {
  private docs: (IndexedDocument | null)[] = [];
  private sources = new Map<number, MatchDocument>();
  private slots = new Map<number, number>();
  private postings = new Map<string, Posting>();
  private dead = 0;

  get size(): number {
    return this.slots.size;
  }

  /** One more than the highest slot in use. */
  get slotCount(): number {
    return this.docs.length;
  }

  add(document: MatchDocument): void {
    this.remove(document.id);
    const slot = this.docs.length;
    const indexed = indexDocument(document);
    this.docs.push(indexed);
    this.slots.set(document.id, slot);
    this.sources.set(document.id, document);
    for (const [term, weight] of documentTerms(document, indexed)) {
      const posting = this.postings.get(term) ?? { slots: [], weights: [], living: 0, background: backgroundOf(term) };
      if (posting.slots.length === 0) this.postings.set(term, posting);
      posting.slots.push(slot);
      posting.weights.push(weight);
      posting.living += 1;
    }
  }

  remove(id: number): void {
    const slot = this.slots.get(id);
    const source = this.sources.get(id);
    if (slot === undefined || !source) return;
    for (const term of documentTerms(source, this.docs[slot] as IndexedDocument).keys()) {
      const posting = this.postings.get(term);
      if (posting) posting.living -= 1;
    }
    this.docs[slot] = null;
    this.slots.delete(id);
    this.sources.delete(id);
    this.dead += 1;
    if (this.dead > 100 && this.dead > this.size / 3) this.compact();
  }

  /** What was added under an id. */
  source(id: number): MatchDocument | undefined {
    return this.sources.get(id);
  }

  document(slot: number): IndexedDocument | null {
    return this.docs[slot] ?? null;
  }

  posting(term: string): Posting | undefined {
    return this.postings.get(term);
  }

  /**
   * How rare a term is, in nats: near 0 for a word of every entry, `unseenIdf` for one of none. The background keeps the
   * first few entries of a new knowledge base from making every word look telling.
   */
  idf(term: string): number {
    const posting = this.postings.get(term);
    const df = (posting?.living ?? 0) + (posting?.background ?? backgroundOf(term));
    return Math.log(1 + (this.size + BACKGROUND - df + 0.5) / (df + 0.5));
  }

  get unseenIdf(): number {
    return Math.log(1 + (this.size + BACKGROUND + 0.5) / 0.5);
  }

  private compact(): void {
    const living = [...this.sources.values()];
    this.docs = [];
    this.slots.clear();
    this.sources.clear();
    this.postings.clear();
    this.dead = 0;
    for (const document of living) this.add(document);
  }
}

/** All of them hold a common word, half of them a pair of such. */
function backgroundOf(term: string): number {
  const space = term.indexOf(' ');
  if (space < 0) return COMMON_WORDS.has(term) ? BACKGROUND : 0;
  const bothCommon = COMMON_WORDS.has(term.slice(0, space)) && COMMON_WORDS.has(term.slice(space + 1));
  return bothCommon ? BACKGROUND / 2 : 0;
}

function indexDocument(document: MatchDocument): IndexedDocument {
  const names = new Map<string, MatchField>();
  for (const field of MATCH_FIELDS) {
    for (const name of [...codesIn(document.fields[field]), ...typesIn(document.fields[field])]) {
      if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), field);
    }
  }
  return {
    id: document.id,
    title: document.title,
    component: document.component.toLowerCase(),
    lines: messageLines(document),
    names,
    signatures: document.signatures,
  };
}

/** Title, lines of the symptoms, message signatures, and short code spans of the root cause. */
function messageLines(document: MatchDocument): MessageLine[] {
  const texts: [MatchField, string][] = [
    ['title', document.title],
    ...document.fields.symptoms.split('\n').map((text): [MatchField, string] => ['symptoms', text]),
    ...document.signatures
      .filter((s) => s.kind === 'message')
      .map((s): [MatchField, string] => ['signatures', s.value]),
    ['root_cause', document.fields.root_cause.split('\n')[0] ?? ''],
  ];
  const lines: MessageLine[] = [];
  for (const [field, text] of texts) {
    if (lines.length === LINES) break;
    const parts = tokenize(text)
      .flatMap((token) => token.parts)
      .slice(0, LINE_PARTS);
    if (parts.length === 0) continue;
    lines.push({ text: text.trim(), field, parts: new Set(parts), pairs: new Set(pairsOf(parts)) });
  }
  return lines;
}

const pairsOf = (parts: string[]): string[] => parts.slice(1).map((part, i) => `${parts[i]} ${part}`);

function documentTerms(document: MatchDocument, indexed: IndexedDocument): Map<string, number> {
  const frequency = new Map<string, number>();
  const count = (term: string, by: number) => frequency.set(term, (frequency.get(term) ?? 0) + by);
  for (const field of MATCH_FIELDS) {
    const all = terms(document.fields[field]);
    const { weight, length } = FIELDS[field];
    const by = weight / (1 - LENGTH_NORM + (LENGTH_NORM * all.length) / length);
    for (const term of all) count(term, Math.min(by, weight));
  }
  for (const line of indexed.lines) for (const pair of line.pairs) count(pair, 1);
  for (const [term, tf] of frequency) frequency.set(term, tf / (tf + SATURATION));
  return frequency;
}
