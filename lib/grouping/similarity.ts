import type { NormalizedEvent } from '@/lib/ingest/event-schema';
import { contributingExceptions } from './v1/exceptions';
import { messageSignature, VALUE } from './v1/message-signature';

/**
 * How alike two issues are, by what their first events hold. A feature is one string `kind:text`, so that a database can
 * keep and intersect them as a set of strings.
 */
export const FEATURE_KINDS = ['top', 'frame', 'class', 'package', 'type', 'word', 'service'] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];

/** What a shared feature of each kind counts for, times how rare it is. */
const WEIGHT: Readonly<Record<FeatureKind, number>> = {
  top: 3,
  frame: 1,
  class: 0.7,
  package: 0.7,
  type: 1,
  word: 0.5,
  service: 1,
};

/** Issues that are imagined beside the known ones and share nothing with them: among few, nothing is common yet. */
const UNSEEN = 10;

const MAX_FRAMES = 40;
const MAX_WORDS = 32;
const MAX_FEATURE = 300;
const LETTERS = /[A-Za-z]{3}/;

/** What a class, module or file lies in; empty at the top level. */
const packageOf = (place: string) => place.slice(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('/'), 0));
const outerClass = (place: string) => place.split('$', 1)[0]!;

/** @returns distinct features of an event, at most some 150. */
export function issueFeatures(event: NormalizedEvent): string[] {
  const features = new Set<string>();
  const add = (kind: FeatureKind, text: string) => {
    if (text !== '') features.add(`${kind}:${text.slice(0, MAX_FEATURE)}`);
  };
  add('service', event.service);
  for (const { type, culprit, exception } of contributingExceptions(event.exceptions, event.platform)) {
    add('type', type);
    const [top] = culprit?.frames ?? [];
    if (top) {
      add('top', `${top.place} ${top.name}`);
      add('package', packageOf(top.place));
    }
    for (const { place, name } of culprit?.path.slice(0, MAX_FRAMES) ?? []) {
      add('frame', `${place} ${name}`);
      add('class', outerClass(place));
    }
    addWords(exception.value ?? '', add);
  }
  if (event.exceptions.length === 0) addWords(event.template ?? event.message ?? '', add);
  return [...features];
}

function addWords(text: string, add: (kind: FeatureKind, text: string) => void): void {
  for (const token of messageSignature(text).tokens.slice(0, MAX_WORDS)) {
    if (token !== VALUE && LETTERS.test(token)) add('word', token.toLowerCase());
  }
}

/** How many of `total` issues hold each feature. */
export interface FeatureCounts {
  total: number;
  counts: ReadonlyMap<string, number>;
}

export function countFeatures(issues: Iterable<readonly string[]>): FeatureCounts {
  const counts = new Map<string, number>();
  let total = 0;
  for (const features of issues) {
    total++;
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return { total, counts };
}

const kindOf = (feature: string) => feature.slice(0, feature.indexOf(':')) as FeatureKind;

function weightOf(feature: string, { total, counts }: FeatureCounts): number {
  const rarity = Math.log1p((total + UNSEEN) / ((counts.get(feature) ?? 0) + 0.5));
  return (WEIGHT[kindOf(feature)] ?? 0) * rarity;
}

export interface Similarity {
  /** 0 to 1; 1 for equal sets. */
  score: number;
  /** Share of the score by kind, for "why similar". */
  parts: Partial<Record<FeatureKind, number>>;
}

/** Weighted cosine of two sets of features. */
export function scoreSimilarity(a: readonly string[], b: readonly string[], counts: FeatureCounts): Similarity {
  const other = new Set(b);
  const parts: Partial<Record<FeatureKind, number>> = {};
  let shared = 0;
  let ofA = 0;
  let ofB = 0;
  for (const feature of a) {
    const weight = weightOf(feature, counts) ** 2;
    ofA += weight;
    if (!other.has(feature)) continue;
    shared += weight;
    const kind = kindOf(feature);
    parts[kind] = (parts[kind] ?? 0) + weight;
  }
  for (const feature of b) ofB += weightOf(feature, counts) ** 2;
  const norm = Math.sqrt(ofA * ofB);
  if (norm === 0) return { score: 0, parts: {} };
  for (const kind of FEATURE_KINDS) if (parts[kind] !== undefined) parts[kind] /= norm;
  return { score: Math.min(1, shared / norm), parts };
}
