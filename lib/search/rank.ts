import type { SearchHit } from './search-schema';

/** What the database says of a row that answers a query. */
export interface FoundRow {
  /** Text rank, 0 to 1, title before body. */
  rank: number;
  /** Holds all words. */
  has_all: boolean;
  /** Likeness of the query to the title, 0 to 1. */
  likeness: number;
}

const ALL_WORDS = 0.5;
const LIKENESS = 0.7;
/** Knowledge stands above incidents, and what is published above what is not. */
const KIND: Record<SearchHit['kind'], number> = { entry: 1.15, issue: 1, section: 0.95 };
const STATUS: Record<string, number> = { retired: 0.5, draft: 0.85, in_review: 0.9, resolved: 0.9 };

/** One scale for all kinds. */
export const searchScore = (kind: SearchHit['kind'], status: string | null, row: FoundRow): number =>
  (row.rank + (row.has_all ? ALL_WORDS : 0) + LIKENESS * row.likeness) * KIND[kind] * (STATUS[status ?? ''] ?? 1);

/** An exact id, and above that the known fix of a pasted error, stand before everything found by words. */
export const EXACT_ID = 10;
export const matchedScore = (confidence: number): number => 20 + confidence;

/** Counts of each value, most first, at most `limit`. */
export function countValues(values: (string | null)[], limit = 20): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
    .slice(0, limit);
}
