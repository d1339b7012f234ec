import { readFileSync } from 'node:fs';
import { type EntryContent, entryContentSchema } from '@/lib/knowledge/entry-schema';

interface KnownError {
  id: string;
  project: string;
  title: string;
  symptom: string;
  root_cause: string;
  solution: string;
}

export interface LabelledError {
  id: string;
  query: string;
  expected: string;
  also_ok?: string[];
  project: string;
}

/** Entries and labelled errors, one JSON object a line. `ids`: of the entries, in their order. */
export interface KnowledgeBase {
  ids: string[];
  entries: EntryContent[];
  queries: LabelledError[];
}

const lines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

/** Without files: data/match beside the checkout or under ERRATA_SHARED. */
export function readKnowledgeBase(files: readonly string[]): KnowledgeBase {
  const folder = `${process.env.ERRATA_SHARED ?? '../shared'}/data/match`;
  const [kb = `${folder}/kb_dev.jsonl`, queries = `${folder}/queries_dev.jsonl`] = files;
  const known = lines<KnownError>(kb);
  return {
    ids: known.map(({ id }) => id),
    entries: known.map((entry) =>
      entryContentSchema.parse({
        title: entry.title,
        component: entry.project,
        symptoms: entry.symptom,
        root_cause: entry.root_cause,
        solutions: entry.solution ? [{ steps: entry.solution }] : [],
      }),
    ),
    queries: lines<LabelledError>(queries),
  };
}

/** The `n`th entry of a knowledge base of any size: a real one under another title, with the cause of another. */
export function enlarged({ entries }: KnowledgeBase, n: number): EntryContent {
  const base = entries[n % entries.length] as EntryContent;
  const other = entries[(n * 7919) % entries.length] as EntryContent;
  return { ...base, title: `${base.title} v${n}`, root_cause: other.root_cause };
}
