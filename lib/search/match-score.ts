import { confidenceOf, type MatchSigns } from './calibrate';
import { COMMON_WORDS } from './common-words';
import type { ErrorFeatures } from './error-features';
import type { IndexedDocument, MatchIndex, Posting } from './match-index';
import type { Evidence } from './match-schema';
import { heldSignatures } from './signature-match';
import { tokenize } from './tokenize';

export interface RankedMatch {
  id: number;
  title: string;
  /** 0 to 1, only for comparing candidates of one question. */
  score: number;
  /** Chance that this entry is the right one. */
  confidence: number;
  /** What the confidence follows from. */
  signs: MatchSigns;
  /** The parts of the score: a signature first, then the strongest. */
  evidence: Evidence[];
}

/** What each part adds, in rare-word units (the idf of a word that no entry has is one). */
const POINTS = { message: 0.75, signature: 2.5, code: 1, type: 0.4, component: 0.2 };
/** Names count in full where the entry says how the error looks, and less where it only talks about it. */
const SAID = { title: 1, symptoms: 1, signatures: 1, root_cause: 0.4, solution: 0.4, other: 0.4 } as const;
/** Words and phrases of a line that must agree, in rare-word units, before its coverage counts in full. */
const LINE_MASS = 1.2;
/** Words of a template that must be rare, in the same units, for it to be proof. */
const SIGNATURE_MASS = 2.5;
const CANDIDATES = 80;
/** Words that more than this share of the entries have do not nominate candidates while rarer ones do. */
const COMMON_SHARE = 0.2;
/** What a runner-up always has, so that the only entry of an empty knowledge base is not certain. */
const FLOOR = 1;
/** Less than this is no match at all, and less than a tenth of it no evidence. */
const SLIGHT = 0.3;
const SHOWN_WORDS = 8;
const SHOWN_PHRASES = 4;

interface Candidate {
  document: IndexedDocument;
  /** Sum of matched words and phrases, in nats. */
  lexical: number;
  words: Map<string, number>;
  phrases: Map<string, number>;
}

interface Asked {
  term: string;
  phrase: boolean;
  posting: Posting;
  gain: number;
}

/** Ranks the entries of an index for an error. Pure and bounded: candidates by words and phrases, then a transparent sum. */
export function scoreMatches(index: MatchIndex, features: ErrorFeatures, limit: number): RankedMatch[] {
  const unit = index.unseenIdf;
  const scored = candidates(index, features)
    .map((candidate) => scoreCandidate(index, features, candidate))
    .filter((one) => one.total >= SLIGHT * unit);
  scored.sort((a, b) => b.total - a.total || a.document.id - b.document.id);
  const asked = wordsAsked(index, features);
  return scored.slice(0, limit).map((one, rank) => {
    const rival = Math.max(FLOOR * unit, (rank === 0 ? scored[1] : scored[0])?.total ?? 0);
    const signs: MatchSigns = {
      coverage: one.coverage,
      margin: Math.max(-1, (one.total - rival) / Math.max(one.total, unit)),
      explained: asked > 0 ? one.explained / asked : 0,
      named: one.named > 0 ? one.named : features.codes.size > 0 ? -0.5 : 0,
    };
    return {
      id: one.document.id,
      title: one.document.title,
      score: one.total / (one.total + 3 * unit),
      confidence: confidenceOf(signs),
      signs,
      evidence: one.tell(),
    };
  });
}

function candidates(index: MatchIndex, features: ErrorFeatures): Candidate[] {
  const telling: Asked[] = [];
  const common: Asked[] = [];
  const ask = (term: string, weight: number, phrase: boolean) => {
    const posting = index.posting(term);
    if (!posting || posting.living === 0) return;
    const asked = { term, phrase, posting, gain: weight * index.idf(term) };
    (posting.living > 200 && posting.living > index.size * COMMON_SHARE ? common : telling).push(asked);
  };
  for (const [term, { weight }] of features.terms) ask(term, weight, false);
  for (const [pair, { weight }] of features.pairs) ask(pair, weight, true);

  const sums = new Float32Array(index.slotCount);
  for (const { posting, gain } of telling.length > 0 ? telling : common) {
    const { slots, weights, length } = posting;
    for (let i = 0; i < length; i += 1) sums[slots[i] as number]! += gain * (weights[i] as number);
  }
  const all = [...telling, ...common];
  return topSlots(index, sums).map((slot) => candidateOf(index.document(slot) as IndexedDocument, slot, all));
}

function candidateOf(document: IndexedDocument, slot: number, asked: readonly Asked[]): Candidate {
  const candidate: Candidate = { document, lexical: 0, words: new Map(), phrases: new Map() };
  for (const { term, phrase, posting, gain } of asked) {
    const weight = posting.weightIn(slot);
    if (weight === 0) continue;
    candidate.lexical += gain * weight;
    (phrase ? candidate.phrases : candidate.words).set(term, gain * weight);
  }
  return candidate;
}

/** The living slots of the highest sums, best first. One look at each slot; sorts only what may be among the best. */
function topSlots(index: MatchIndex, sums: Float32Array): number[] {
  let best: number[] = [];
  let least = 0;
  const bySum = (a: number, b: number) => (sums[b] as number) - (sums[a] as number) || a - b;
  for (let slot = 0; slot < sums.length; slot += 1) {
    if ((sums[slot] as number) <= least || !index.isLiving(slot)) continue;
    best.push(slot);
    if (best.length < 8 * CANDIDATES) continue;
    best = best.sort(bySum).slice(0, CANDIDATES);
    least = sums[best.at(-1) as number] as number;
  }
  return best.sort(bySum).slice(0, CANDIDATES);
}

/** What there was to explain: the words of the message lines, known to any entry or not. */
function wordsAsked(index: MatchIndex, features: ErrorFeatures): number {
  let sum = 0;
  for (const [term, { weight }] of features.terms) if (weight >= 0.6) sum += weight * index.idf(term);
  return sum;
}

function scoreCandidate(index: MatchIndex, features: ErrorFeatures, candidate: Candidate) {
  const unit = index.unseenIdf;
  const { document } = candidate;
  const evidence: Evidence[] = [];
  let total = candidate.lexical;
  let named = 0;

  const signature = strongestSignature(index, features, document);
  if (signature) {
    const points = POINTS.signature * signature.strength;
    total += points * unit;
    named = signature.strength;
    evidence.push({ kind: 'signature', matched: [signature.value], field: 'signatures', points: round(points) });
  }
  const line = bestLine(index, features, document);
  if (line && line.coverage > 0) {
    total += POINTS.message * unit * line.coverage;
    evidence.push({
      kind: 'message',
      matched: [line.text.slice(0, 300)],
      field: line.field,
      points: round(POINTS.message * line.coverage),
    });
  }
  for (const [name, field] of document.names) {
    const code = features.codes.get(name);
    const type = code === undefined ? features.types.get(name) : undefined;
    const shown = code ?? type;
    if (shown === undefined) continue;
    const kind = code === undefined ? 'type' : 'code';
    const points = POINTS[kind] * index.idf(name) * SAID[field];
    total += points;
    if (kind === 'code') named = Math.max(named, SAID[field]);
    evidence.push({ kind, matched: [shown], field, points: round(points / unit) });
  }
  const spoken = speaksOf(document.component, features) ? POINTS.component * total : 0;
  total += spoken;
  let explained = 0;
  for (const [term, { weight }] of features.terms)
    if (weight >= 0.6 && candidate.words.has(term)) explained += weight * index.idf(term);
  /** Why, in words. Most candidates are never shown. */
  const tell = (): Evidence[] => {
    const { words, phrases } = candidate;
    const component = { kind: 'component' as const, matched: [document.component], field: 'other' as const };
    return [
      ...evidence,
      ...(phrases.size > 0 ? [evidenceOf('phrase', longestPhrases(features, phrases), pointsOf(phrases, unit))] : []),
      ...(words.size > 0 ? [evidenceOf('words', rarestWords(features, words), pointsOf(words, unit))] : []),
      ...(spoken > 0 ? [{ ...component, points: round(spoken / unit) }] : []),
    ]
      .filter((one) => one.points >= SLIGHT / 10)
      .sort((a, b) => Number(b.kind === 'signature') - Number(a.kind === 'signature') || b.points - a.points);
  };
  return { document, total, coverage: line?.coverage ?? 0, explained, named, tell };
}

const evidenceOf = (kind: 'phrase' | 'words', matched: string[], points: number): Evidence => ({
  kind,
  matched,
  field: null,
  points,
});

/** A template of everyday words holds for many errors: it proves as much as its words are rare. A pattern was written by somebody who meant it. */
function strongestSignature(index: MatchIndex, features: ErrorFeatures, document: IndexedDocument) {
  let best: { value: string; strength: number } | null = null;
  for (const { kind, value } of heldSignatures(document.signatures, features)) {
    const words = new Set(tokenize(value.replace(/<[^<>]{1,40}>/g, ' ')).flatMap((token) => token.parts));
    const mass = [...words].reduce((sum, word) => sum + index.idf(word), 0);
    const strength = kind === 'regex' ? 1 : Math.min(1, mass / (SIGNATURE_MASS * index.unseenIdf));
    if (!best || strength > best.strength) best = { value, strength };
  }
  return best;
}

const speaksOf = (component: string, features: ErrorFeatures): boolean =>
  component !== '' && (features.terms.has(component) || features.service.toLowerCase() === component);

/** The line of the entry that the error agrees with most: how much of its words and word pairs the error holds. */
function bestLine(index: MatchIndex, features: ErrorFeatures, document: IndexedDocument) {
  const unit = index.unseenIdf;
  let best: { coverage: number; text: string; field: Evidence['field'] } | null = null;
  for (const line of document.lines) {
    let held = 0;
    for (const part of line.parts) {
      const asked = features.terms.get(part);
      if (asked) held += asked.weight * index.idf(part);
    }
    // A line that the error says less of than of the best so far cannot cover more, whatever else it says.
    if (held === 0) continue;
    for (const pair of line.pairs) {
      const asked = features.pairs.get(pair);
      if (asked) held += asked.weight * index.idf(pair);
    }
    if (best && Math.min(1, held / (LINE_MASS * unit)) <= best.coverage) continue;
    let whole = 0;
    for (const part of line.parts) whole += index.idf(part);
    for (const pair of line.pairs) whole += index.idf(pair);
    const coverage = whole === 0 ? 0 : (held / whole) * Math.min(1, held / (LINE_MASS * unit));
    if (!best || coverage > best.coverage) best = { coverage, text: line.text, field: line.field };
  }
  return best;
}

const pointsOf = (gains: ReadonlyMap<string, number>, unit: number): number =>
  round([...gains.values()].reduce((sum, points) => sum + points, 0) / unit);

function rarestWords(features: ErrorFeatures, words: ReadonlyMap<string, number>): string[] {
  const sorted = [...words].filter(([term]) => !COMMON_WORDS.has(term)).sort((a, b) => b[1] - a[1]);
  return [...new Set(sorted.map(([term]) => features.terms.get(term)?.shown ?? term))].slice(0, SHOWN_WORDS);
}

/** Pairs that follow each other in the error are read as one phrase. */
function longestPhrases(features: ErrorFeatures, pairs: ReadonlyMap<string, number>): string[] {
  const phrases: string[][] = [];
  let last = '';
  for (const [pair, { shown }] of features.pairs) {
    if (!pairs.has(pair)) continue;
    const [first = '', second = ''] = pair.split(' ');
    const [, shownSecond = second] = shown.split(' ');
    if (first === last) phrases.at(-1)?.push(shownSecond);
    else phrases.push(shown.split(' '));
    last = second;
  }
  return phrases
    .sort((a, b) => b.length - a.length)
    .slice(0, SHOWN_PHRASES)
    .map((words) => words.join(' '));
}

const round = (n: number): number => Math.round(n * 100) / 100;
