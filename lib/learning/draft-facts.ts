import type { Signature } from '../knowledge/entry-schema';
import type { DraftSource } from './draft-schema';
import type { NotePart } from './read-note';

/** A comment or a resolution note on this issue, on one of its pattern, or on a similar one. */
export interface NoteFact {
  source: DraftSource;
  issueId: string;
  author: string;
  /** 1 for the issue itself, less for others: how much alike they are. */
  nearness: number;
  resolved: boolean;
  parts: NotePart[];
}

/** A published entry that reads alike, but not so much that it would be the answer. */
export interface EntryFact {
  source: DraftSource;
  id: string;
  title: string;
  rootCause: string;
  solutions: { title: string; steps: string }[];
  confidence: number;
  /** What the error names and the entry does not, and the other way round. */
  missing: string[];
  extra: string[];
}

export interface FrameFact {
  /** `src/db/pool.ts:31` */
  place: string;
  file: string;
  name: string;
}

/** All that a draft may say; sources hold the words it may quote. Instants are ISO strings. */
export interface DraftFacts {
  issue: {
    source: DraftSource;
    id: string;
    title: string;
    type: string;
    template: string;
    service: string;
    firstSeen: string;
    lastSeen: string;
    events: number;
    firstRelease: string | null;
  };
  /** The same failure in other issues. */
  pattern: { source: DraftSource; issues: number; services: string[]; events: number } | null;
  releases: { source: DraftSource; version: string; at: string }[];
  event: { source: DraftSource; frames: FrameFact[] } | null;
  notes: NoteFact[];
  entries: EntryFact[];
  signatures: Signature[];
}

/** Everything that may be cited. */
export const sourcesOf = (facts: DraftFacts): DraftSource[] => [
  facts.issue.source,
  ...(facts.pattern ? [facts.pattern.source] : []),
  ...facts.releases.map((release) => release.source),
  ...(facts.event ? [facts.event.source] : []),
  ...facts.notes.map((note) => note.source),
  ...facts.entries.map((entry) => entry.source),
];

/** `src/pool.ts` as inline code, whatever it holds. */
export function inlineCode(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const runs = flat.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** A code block that its own text cannot close. */
export function codeBlock(text: string, language = ''): string {
  const runs = text.match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
