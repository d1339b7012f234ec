import { COMMON_WORDS } from './common-words';
import { codesIn, typesIn } from './error-features';
import { MATCH_FIELDS, type MatchDocument, type MatchField } from './match-document';
import { terms, tokenize } from './tokenize';

/** A line by which an entry says how the error looks. */
export interface MessageLine {
  text: string;
  field: MatchField;
  /** Distinct words, and distinct pairs of neighbouring words. */
  parts: string[];
  pairs: string[];
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

/** The documents that hold a term, by slot, ascending, with what it weighs in each. Grows at its end. */
export class Posting {
  slots = new Uint32Array(2);
  weights = new Float32Array(2);
  length = 0;
  /** How many of the slots hold a living document. */
  living = 0;
  /** Rarity of the term, and the state of the index it was computed for. */
  idf = 0;
  idfAt = -1;

  /** `background`: imagined entries that hold it. */
  constructor(readonly background: number) {}

  push(slot: number, weight: number): void {
    if (this.length === this.slots.length) {
      const slots = new Uint32Array(this.length * 2);
      const weights = new Float32Array(this.length * 2);
      slots.set(this.slots);
      weights.set(this.weights);
      this.slots = slots;
      this.weights = weights;
    }
    this.slots[this.length] = slot;
    this.weights[this.length] = weight;
    this.length += 1;
    this.living += 1;
  }

  /** What the term weighs in a slot; 0 where it is not. */
  weightIn(slot: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.slots[middle] as number;
      if (found === slot) return this.weights[middle] as number;
      if (found < slot) low = middle + 1;
      else high = middle - 1;
    }
    return 0;
  }
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

/** Documents whose lines and names are kept ready; the others are read again from their text when they are a candidate. */
const READ = 4000;

/**
 * Inverted index over published entries, kept in memory and changed one entry at a time. A document that changes gets a
 * new slot; dead slots are dropped when they outnumber a third of the living.
 */
export class MatchIndex {
  private ids: (number | null)[] = [];
  private sources = new Map<number, MatchDocument>();
  private slots = new Map<number, number>();
  private postings = new Map<string, Posting>();
  private read = new Map<number, IndexedDocument>();
  private dead = 0;
  /** Moves with every change: rarities are computed once for each state of the index. */
  private state = 0;

  get size(): number {
    return this.slots.size;
  }

  /** One more than the highest slot in use. */
  get slotCount(): number {
    return this.ids.length;
  }

  add(document: MatchDocument): void {
    this.remove(document.id);
    const slot = this.ids.length;
    this.ids.push(document.id);
    this.slots.set(document.id, slot);
    this.sources.set(document.id, document);
    for (const [term, weight] of documentTerms(document)) {
      let posting = this.postings.get(term);
      if (!posting) {
        posting = new Posting(backgroundOf(term));
        this.postings.set(term, posting);
      }
      posting.push(slot, weight);
    }
    this.state += 1;
  }

  remove(id: number): void {
    const slot = this.slots.get(id);
    const source = this.sources.get(id);
    if (slot === undefined || !source) return;
    for (const term of documentTerms(source).keys()) {
      const posting = this.postings.get(term);
      if (posting) posting.living -= 1;
    }
    this.ids[slot] = null;
    this.slots.delete(id);
    this.sources.delete(id);
    this.read.delete(id);
    this.dead += 1;
    this.state += 1;
    if (this.dead > 100 && this.dead > this.size / 3) this.compact();
  }

  /** What was added under an id. */
  source(id: number): MatchDocument | undefined {
    return this.sources.get(id);
  }

  isLiving(slot: number): boolean {
    return this.ids[slot] != null;
  }

  /** The document of a slot, its lines and names read; null where it was removed. */
  document(slot: number): IndexedDocument | null {
    const id = this.ids[slot];
    const source = id == null ? undefined : this.sources.get(id);
    if (!source) return null;
    const known = this.read.get(source.id);
    // Read last, dropped last.
    if (known) this.read.delete(source.id);
    const document = known ?? indexDocument(source);
    this.read.set(source.id, document);
    if (this.read.size > READ) for (const oldest of [...this.read.keys()].slice(0, READ / 10)) this.read.delete(oldest);
    return document;
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
    if (!posting) return this.rarity(backgroundOf(term));
    if (posting.idfAt !== this.state) {
      posting.idf = this.rarity(posting.living + posting.background);
      posting.idfAt = this.state;
    }
    return posting.idf;
  }

  get unseenIdf(): number {
    return Math.log(1 + (this.size + BACKGROUND + 0.5) / 0.5);
  }

  private rarity(holders: number): number {
    return Math.log(1 + (this.size + BACKGROUND - holders + 0.5) / (holders + 0.5));
  }

  private compact(): void {
    const living = [...this.sources.values()];
    this.ids = [];
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
    lines.push({ text: text.trim(), field, parts: [...new Set(parts)], pairs: [...new Set(pairsOf(parts))] });
  }
  return lines;
}

const pairsOf = (parts: string[]): string[] => parts.slice(1).map((part, i) => `${parts[i]} ${part}`);

function documentTerms(document: MatchDocument): Map<string, number> {
  const frequency = new Map<string, number>();
  const count = (term: string, by: number) => frequency.set(term, (frequency.get(term) ?? 0) + by);
  for (const field of MATCH_FIELDS) {
    const all = terms(document.fields[field]);
    const { weight, length } = FIELDS[field];
    const by = weight / (1 - LENGTH_NORM + (LENGTH_NORM * all.length) / length);
    for (const term of all) count(term, Math.min(by, weight));
  }
  for (const line of messageLines(document)) for (const pair of line.pairs) count(pair, 1);
  for (const [term, tf] of frequency) frequency.set(term, tf / (tf + SATURATION));
  return frequency;
}
