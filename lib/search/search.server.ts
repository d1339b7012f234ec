import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { decodeCursor, encodeCursor } from '../http/pagination';
import { entryId, parseEntryId } from '../knowledge/entry-words';
import { MATCH_THRESHOLD } from './calibrate';
import { findEntries, findIssues, findSections } from './find-rows.server';
import { rankEntries } from './match-error.server';
import type { RankedMatch } from './match-score';
import { FILTER_NAMES, parseSearch, type SearchFilters, type SearchQuery } from './parse-query';
import { countValues, matchedScore } from './rank';
import type { SearchAnswer, SearchHit, SearchParams } from './search-schema';

const MATCHES = 3;
const cursorSchema = z.tuple([z.number().int().nonnegative()]);

/**
 * Entries, issues and guide sections in one ranked list. Words may be unfinished or mistyped; an id goes straight there;
 * an error, pasted whole or in part, is matched, and its likely fixes stand first. Facets count what the words find,
 * before the filters.
 */
export async function search({ viewer, params }: { viewer: Viewer; params: SearchParams }): Promise<SearchAnswer> {
  assertCan(viewer, 'read');
  const query = parseSearch(params.q);
  if (query.words.length === 0) return { data: [], next_cursor: null, total: 0, facets: EMPTY_FACETS };
  const likely = query.isError
    ? (await rankEntries({ error_message: query.text }, MATCHES)).filter((match) => match.confidence >= MATCH_THRESHOLD)
    : [];
  const found = await findAll(query, params, likely);
  found.sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
  // What the address says goes before what the words say.
  const shown = found.filter((hit) => passes(hit, { ...query.filters, ...given(params) }));
  const from = decodeCursor(params.cursor, cursorSchema)?.[0] ?? 0;
  const until = from + params.limit;
  return {
    data: shown.slice(from, until),
    next_cursor: until < shown.length ? encodeCursor([until]) : null,
    total: shown.length,
    facets: {
      kind: countValues(found.map((hit) => hit.kind)),
      status: countValues(found.map((hit) => hit.status)),
      service: countValues(found.map((hit) => hit.service)),
      category: countValues(found.map((hit) => hit.category)),
    },
  };
}

const EMPTY_FACETS: SearchAnswer['facets'] = { kind: [], status: [], service: [], category: [] };

async function findAll(query: SearchQuery, params: SearchParams, likely: RankedMatch[]): Promise<SearchHit[]> {
  const [entries, issues, sections] = await Promise.all([
    findEntries(
      query,
      likely.map((match) => match.id),
    ),
    findIssues(query, params.project),
    findSections(query),
  ]);
  const matches = new Map(likely.map((match) => [entryId(match.id), match]));
  return [
    ...entries.map((hit) => {
      const match = matches.get(hit.id);
      if (!match || parseEntryId(hit.id) === query.entryNumber) return hit;
      const { confidence, evidence } = match;
      return { ...hit, score: matchedScore(confidence), match: { confidence, evidence } };
    }),
    ...issues,
    ...sections,
  ];
}

const given = (params: SearchParams): SearchFilters =>
  Object.fromEntries(FILTER_NAMES.flatMap((name) => (params[name] ? [[name, params[name]]] : [])));

const passes = (hit: SearchHit, { kind, status, service, category }: SearchFilters): boolean =>
  (!kind || hit.kind === kind) &&
  (!status || hit.status === status) &&
  (!service || hit.service?.toLowerCase() === service.toLowerCase()) &&
  (!category || hit.category?.toLowerCase() === category.toLowerCase());
