import { type EntryContent, entryContentSchema } from '../knowledge/entry-schema';
import { type Citation, type DraftSource, type DraftStatement, sourceKey } from './draft-schema';

export interface Draft {
  content: EntryContent;
  /** One a sentence, in the order of the fields. */
  citations: Citation[];
}

/** Fewer characters prove nothing: every text holds them. */
const SHORTEST_QUOTE = 4;
const blanks = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Whether the source says what is quoted, word by word. */
export function holdsQuote(source: DraftSource | undefined, quote: string): boolean {
  const said = blanks(quote);
  return source !== undefined && said.length >= SHORTEST_QUOTE && blanks(source.text).includes(said);
}

/** The statements whose source says what they quote, and how many were dropped because it does not. */
export function keepCited(
  statements: readonly DraftStatement[],
  sources: readonly DraftSource[],
): { kept: DraftStatement[]; dropped: number } {
  const known = new Map(sources.map((source) => [sourceKey(source), source]));
  const kept = statements.filter(({ source, quote }) => holdsQuote(known.get(sourceKey(source)), quote));
  return { kept, dropped: statements.length - kept.length };
}

/**
 * Statements as the fields of an entry. Fields without a sentence (component, signatures, files) come from `known`: they
 * are copied facts, not claims.
 */
export function assembleDraft(
  statements: readonly DraftStatement[],
  sources: readonly DraftSource[],
  known: Partial<EntryContent>,
): Draft {
  const { kept } = keepCited(statements, sources);
  const of = (field: DraftStatement['field']) => kept.filter((statement) => statement.field === field);
  const text = (field: DraftStatement['field']) =>
    of(field)
      .map((statement) => statement.text)
      .join('\n\n');
  const urls = new Map(sources.map((source) => [sourceKey(source), source.url]));
  const content = entryContentSchema.parse({
    ...known,
    title: (of('title')[0]?.text ?? known.title ?? 'Untitled').slice(0, 500),
    symptoms: text('symptoms'),
    detection: text('detection'),
    diagnosis: text('diagnosis'),
    root_cause: text('root_cause'),
    solutions: solutionsOf(of('solutions')),
    prevention: of('prevention').map((statement) => ({ text: statement.text })),
  });
  return {
    content,
    citations: kept.map(({ field, text: sentence, source, quote }) => ({
      field,
      sentence,
      kind: source.kind,
      id: source.id,
      url: urls.get(sourceKey(source)) ?? null,
      quote,
    })),
  };
}

function solutionsOf(statements: readonly DraftStatement[]): { title: string; steps: string }[] {
  const solutions = new Map<string, string[]>();
  for (const { heading = '', text } of statements) solutions.set(heading, [...(solutions.get(heading) ?? []), text]);
  return [...solutions].map(([title, steps]) => ({ title: title.slice(0, 500), steps: steps.join('\n\n') }));
}
