import type { EntryContent, Signature } from '../knowledge/entry-schema';
import { errorFeatures } from '../search/error-features';
import { heldSignatures, holdsTemplate } from '../search/signature-match';
import type { NotePart } from './read-note';

const LITERAL_MIN = 12;
const words = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();

/**
 * The signature by which an entry would know this error the next time: its template, where neither a signature nor the
 * symptoms hold it already. Null where it is known, or too plain to recognise anything.
 */
export function variantSignature(
  content: EntryContent,
  issue: { title: string; template: string; type: string },
): Signature | null {
  const value = (issue.template || issue.title).replace(/<[^<>\s]{1,40}>/g, '<*>').slice(0, 2000);
  if (value.replace(/<\*>/g, '').trim().length < LITERAL_MIN) return null;
  if (heldSignatures(content.signatures, errorFeatures({ error_message: issue.title })).length > 0) return null;
  if (holdsTemplate(`${content.title}\n${content.symptoms}`, value)) return null;
  return { kind: 'message', value };
}

/** What a note says about the cure that the entry does not say yet, in the order of the note. */
export function newCures(content: EntryContent, parts: readonly NotePart[]): NotePart[] {
  const known = words(content.solutions.map(({ title, steps }) => `${title} ${steps}`).join(' '));
  const cures = parts.filter(
    ({ kind, text }) => (kind === 'cure' || kind === 'command') && !known.includes(words(text)),
  );
  // A command alone may be how somebody looked, not how it was cured.
  return cures.some(({ kind }) => kind === 'cure') ? cures : [];
}

/** `current` with the signatures and solutions that `proposed` adds: whatever else changed meanwhile stays. */
export function withAdditions(current: EntryContent, proposed: EntryContent): EntryContent {
  const hasSignature = (one: Signature) => current.signatures.some((s) => s.kind === one.kind && s.value === one.value);
  const steps = new Set(current.solutions.map((solution) => words(solution.steps)));
  return {
    ...current,
    signatures: [...current.signatures, ...proposed.signatures.filter((one) => !hasSignature(one))].slice(0, 200),
    solutions: [...current.solutions, ...proposed.solutions.filter((one) => !steps.has(words(one.steps)))].slice(
      0,
      100,
    ),
  };
}

/** Two entries as one: `keep` with what only `drop` says. */
export function mergedEntry(keep: EntryContent, drop: EntryContent): EntryContent {
  const joined = (a: string, b: string) =>
    words(a).includes(words(b)) ? a : [a, b].filter((text) => text.trim()).join('\n\n');
  const union = (a: string[], b: string[], most: number) => [...new Set([...a, ...b])].slice(0, most);
  const texts = new Set(keep.prevention.map((item) => words(item.text)));
  return {
    ...withAdditions(keep, drop),
    symptoms: joined(keep.symptoms, drop.symptoms),
    detection: joined(keep.detection, drop.detection),
    diagnosis: joined(keep.diagnosis, drop.diagnosis),
    root_cause: joined(keep.root_cause, drop.root_cause),
    impact: joined(keep.impact, drop.impact),
    validation: joined(keep.validation, drop.validation),
    notes: joined(keep.notes, drop.notes),
    prevention: [...keep.prevention, ...drop.prevention.filter((item) => !texts.has(words(item.text)))].slice(0, 500),
    tags: union(keep.tags, drop.tags, 100),
    related_files: union(keep.related_files, drop.related_files, 500),
    related_entries: union(keep.related_entries, drop.related_entries, 200),
    references: union(keep.references, drop.references, 500),
  };
}
