import { assembleDraft, type Draft } from './assemble-draft';
import { codeBlock, type DraftFacts, type EntryFact, inlineCode, type NoteFact, sourcesOf } from './draft-facts';
import type { DraftField, DraftStatement } from './draft-schema';
import type { NotePart } from './read-note';

/** Evidence that must be there before a draft is made: one cure or cause on the issue itself, or several further away. */
export const LEAST_EVIDENCE = 0.5;
/** What each kind of answer weighs; a note counts times how near its issue is, an entry times its chance of being right. */
const WEIGHT: Record<'cause' | 'cure' | 'command' | 'entry', number> = {
  cause: 0.7,
  cure: 1,
  command: 0.3,
  entry: 1.2,
};
/** A draft is a proposal: it is never as sure as a known entry. */
const MOST_SURE = 0.75;
const FRAMES = 5;
const RELEASES = 6;
const NOTES = 8;
const ENTRIES = 2;
const QUOTE = 600;

export type ComposedDraft = Draft & { confidence: number; evidence: number };
export type DraftAnswer = { draft: ComposedDraft } | { draft: null; why: string };

/**
 * Writes an entry from what is known and nothing else: each sentence repeats or counts something that one source says.
 * Without a source that speaks of a cause or a cure there is no draft, however much is known about the symptoms.
 */
export function composeDraft(facts: DraftFacts): DraftAnswer {
  const answers = [...notesByKind(facts.notes), ...facts.entries.slice(0, ENTRIES).flatMap(entryStatements)];
  const evidence = weigh(facts);
  if (answers.length === 0)
    return { draft: null, why: 'No entry, comment or earlier resolution says anything about its cause or its cure.' };
  if (evidence < LEAST_EVIDENCE)
    return { draft: null, why: 'What is known is about other errors, and too little like this one to be a draft.' };
  const statements = [...symptomStatements(facts), ...placeStatements(facts), ...answers];
  const draft = assembleDraft(statements, sourcesOf(facts), {
    component: facts.issue.service,
    first_seen: facts.issue.firstSeen.slice(0, 10),
    related_files: [...new Set((facts.event?.frames ?? []).map((frame) => frame.file))].slice(0, FRAMES),
    related_entries: facts.entries.slice(0, ENTRIES).map((entry) => entry.id),
    signatures: facts.signatures,
  });
  return { draft: { ...draft, evidence, confidence: confidenceOfDraft(evidence) } };
}

/** Rises with the evidence and never reaches certainty. */
export const confidenceOfDraft = (evidence: number): number =>
  Math.round(MOST_SURE * (1 - Math.exp(-0.9 * evidence)) * 1000) / 1000;

function weigh({ notes, entries }: DraftFacts): number {
  let sum = 0;
  for (const note of notes) {
    const kinds = new Set(note.parts.map((part) => part.kind));
    const said = (['cause', 'cure', 'command'] as const).reduce(
      (s, kind) => s + (kinds.has(kind) ? WEIGHT[kind] : 0),
      0,
    );
    // A remedy on an issue that nobody resolved may be one that did not work.
    sum += said * note.nearness * (note.resolved || note.nearness === 1 ? 1 : 0.5);
  }
  for (const entry of entries.slice(0, ENTRIES)) sum += WEIGHT.entry * entry.confidence;
  return sum;
}

function symptomStatements({ issue, pattern, releases }: DraftFacts): DraftStatement[] {
  const shown = issue.template || issue.title;
  const statements: DraftStatement[] = [
    { field: 'title', text: shown.slice(0, 200), source: issue.source, quote: shown.slice(0, 200) },
    { field: 'symptoms', text: codeBlock(issue.title), source: issue.source, quote: issue.title.slice(0, QUOTE) },
    {
      field: 'symptoms',
      text: `${issue.id} in ${inlineCode(issue.service)}: ${counted(issue.events, 'event')} from ${day(issue.firstSeen)} to ${day(issue.lastSeen)}.`,
      source: issue.source,
      quote: `first seen ${issue.firstSeen}, last seen ${issue.lastSeen}`,
    },
  ];
  if (pattern)
    statements.push({
      field: 'symptoms',
      text: `The same failure is in ${counted(pattern.issues, 'issue')} of ${pattern.services.map(inlineCode).join(', ')}: ${counted(pattern.events, 'event')} together.`,
      source: pattern.source,
      quote: pattern.services.join(', '),
    });
  for (const release of releases.slice(0, RELEASES))
    statements.push({
      field: 'detection',
      text:
        release.version === issue.firstRelease
          ? `First seen in release ${inlineCode(release.version)}, which came out on ${day(release.at)}.`
          : `Release ${inlineCode(release.version)} came out on ${day(release.at)}, between its first and its last event.`,
      source: release.source,
      quote: release.version,
    });
  return statements;
}

function placeStatements({ event }: DraftFacts): DraftStatement[] {
  return (event?.frames ?? []).slice(0, FRAMES).map((frame, at) => ({
    field: 'diagnosis',
    text: `${at === 0 ? 'In our code it is raised under' : 'Called from'} ${inlineCode(frame.name)} at ${inlineCode(frame.place)}.`,
    source: (event as NonNullable<DraftFacts['event']>).source,
    quote: frame.place,
  }));
}

const FIELD_OF: Partial<Record<NotePart['kind'], DraftField>> = {
  cause: 'root_cause',
  cure: 'solutions',
  command: 'solutions',
  prevention: 'prevention',
};

/** Nearest notes first, each sentence once. */
function notesByKind(notes: readonly NoteFact[]): DraftStatement[] {
  const said = new Set<string>();
  return [...notes]
    .sort((a, b) => b.nearness - a.nearness || Number(b.resolved) - Number(a.resolved))
    .slice(0, NOTES)
    .flatMap((note) =>
      note.parts.flatMap((part): DraftStatement[] => {
        const field = FIELD_OF[part.kind];
        if (!field || said.has(part.text)) return [];
        said.add(part.text);
        return [
          {
            field,
            text: part.kind === 'command' ? codeBlock(part.text, part.language) : part.text,
            source: note.source,
            quote: part.text.slice(0, QUOTE),
            heading: `As ${note.author} did for ${note.issueId}`,
          },
        ];
      }),
    );
}

function entryStatements(entry: EntryFact): DraftStatement[] {
  const { source, id, rootCause } = entry;
  const statements: DraftStatement[] = [];
  const cause = firstParagraph(rootCause);
  if (cause)
    statements.push({
      field: 'root_cause',
      text: `Of the similar ${id}: ${cause}`,
      source,
      quote: cause.slice(0, QUOTE),
    });
  const solution = entry.solutions.find((one) => one.steps.trim());
  if (!solution) return statements;
  const heading = `As in ${id}, ${entry.title}`.slice(0, 200);
  statements.push({ field: 'solutions', text: solution.steps, source, quote: solution.steps.slice(0, QUOTE), heading });
  if (entry.missing.length + entry.extra.length > 0)
    statements.push({
      field: 'solutions',
      text: `What differs: ${[
        entry.missing.length > 0 ? `this error names ${entry.missing.map(inlineCode).join(', ')}, ${id} does not` : '',
        entry.extra.length > 0 ? `${id} names ${entry.extra.map(inlineCode).join(', ')}, this error does not` : '',
      ]
        .filter(Boolean)
        .join('; ')}.`,
      source,
      quote: entry.extra[0] ?? entry.title.slice(0, QUOTE),
      heading,
    });
  return statements;
}

/** Words only: a code block that is cut would swallow what follows. */
const firstParagraph = (text: string): string =>
  (text.trim().split(/\n\s*\n|\n?(?:```|~~~)/)[0] ?? '').trim().slice(0, QUOTE);
const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
const day = (iso: string): string => iso.slice(0, 10);
