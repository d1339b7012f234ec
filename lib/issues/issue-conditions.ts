import { parseShortId } from '../projects/project-schema';
import { DAY_MS } from '../time';
import type { Comparison, IsValue, ParsedQuery, QueryTerm, TextKey } from './issue-query';

/** Collects the values of a statement; `add` gives the placeholder to write. */
export class Values {
  readonly list: unknown[] = [];
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

export interface ConditionContext {
  now: Date;
  /** Whom `assigned:me` means; null for tokens. */
  userId: string | null;
}

/**
 * Condition over `issue i`: seen at `time` or later, an expression of PostgreSQL's. The index holds hours, so that it stays
 * as it is while an issue is seen again; so the hour has to be asked for too.
 */
export const seenSince = (time: string): string =>
  `i.last_seen_hour > ${time}::timestamptz - interval '1 hour' AND i.last_seen >= ${time}::timestamptz`;

const IS: Record<IsValue, string> = {
  unresolved: `i.status NOT IN ('resolved', 'muted')`,
  open: `i.status NOT IN ('resolved', 'muted')`,
  new: `i.status = 'new'`,
  ongoing: `i.status = 'ongoing'`,
  escalating: `i.status = 'escalating'`,
  resolved: `i.status = 'resolved'`,
  regressed: `i.status = 'regressed'`,
  muted: `i.status = 'muted'`,
  assigned: 'i.assignee_id IS NOT NULL',
  unassigned: 'i.assignee_id IS NULL',
};

const HAS: Record<string, string> = {
  fix: 'i.known_entry_id IS NOT NULL',
  release: 'i.last_release IS NOT NULL',
  assignee: 'i.assignee_id IS NOT NULL',
  comments: 'EXISTS (SELECT 1 FROM comment c WHERE c.project_id = i.project_id AND c.issue_number = i.number)',
  users: 'i.user_count > 0',
};

const TEXT_COLUMNS: Record<TextKey, string[]> = {
  service: ['i.service'],
  environment: ['i.environment'],
  release: ['i.last_release', 'i.first_release'],
  project: ['p.slug'],
  type: ['i.type'],
  platform: ['i.platform'],
  culprit: ['i.culprit'],
};

/** SQL conditions over `issue i JOIN project p`, all of which must hold. Values go through `values`; nothing is spliced in. */
export function issueConditions(query: ParsedQuery, values: Values, context: ConditionContext): string[] {
  const conditions: string[] = [];
  const alternatives = new Map<string, string[]>();
  for (const term of query.terms) {
    const condition = toCondition(term, values, context);
    const group = groupOf(term);
    if (term.negated) conditions.push(`(${condition}) IS NOT TRUE`);
    else if (group) alternatives.set(group, [...(alternatives.get(group) ?? []), condition]);
    else conditions.push(`(${condition})`);
  }
  for (const group of alternatives.values()) conditions.push(`(${group.join(' OR ')})`);
  return conditions;
}

/** What several values of one name are alternatives of; null where each must hold. */
function groupOf(term: QueryTerm): string | null {
  if (term.key === 'tag') return `tag.${term.name}`;
  return term.key in TEXT_COLUMNS || term.key === 'assigned' ? term.key : null;
}

function toCondition(term: QueryTerm, values: Values, context: ConditionContext): string {
  switch (term.key) {
    case 'text':
      return textCondition(term.value, values);
    case 'is':
      return IS[term.value];
    case 'has':
      return HAS[term.value] as string;
    case 'tag':
      return tagCondition(term.name, term.value, values);
    case 'hasTag':
      return tagged(values.add(term.name));
    case 'level':
      return `i.level = ANY(${values.add(term.levels)}::text[])`;
    case 'assigned':
      return assignedCondition(term.value, values, context);
    case 'firstSeen':
    case 'lastSeen':
      return timeCondition(term, values, context);
    case 'events':
      return `i.event_count ${term.comparison} ${values.add(term.value)}::bigint`;
    case 'users':
      return `i.user_count ${term.comparison} ${values.add(term.value)}::bigint`;
    default:
      return TEXT_COLUMNS[term.key].map((column) => matchCondition(column, term.value, values)).join(' OR ');
  }
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Exact, or with `*` for anything. Case counts only where two services differ by nothing else, which nobody means. */
function matchCondition(column: string, value: string, values: Values): string {
  if (!value.includes('*')) return `${column} = ${values.add(value)} OR lower(${column}) = lower(${values.add(value)})`;
  return `${column} ILIKE ${values.add(value.split('*').map(escapeLike).join('%'))}`;
}

/** Some event of the issue had the tag. `key` is a placeholder. */
const tagged = (key: string, condition = 'true'): string =>
  `EXISTS (SELECT 1 FROM issue_tag t WHERE t.project_id = i.project_id AND t.issue_number = i.number AND t.key = ${key} AND ${condition})`;

function tagCondition(name: string, value: string, values: Values): string {
  const wanted = value.includes('*')
    ? `t.value ILIKE ${values.add(value.split('*').map(escapeLike).join('%'))}`
    : `lower(t.value) = lower(${values.add(value)})`;
  return tagged(values.add(name), wanted);
}

function textCondition(value: string, values: Values): string {
  const wanted = values.add(`%${escapeLike(value)}%`);
  const holds = (table: string) =>
    `EXISTS (SELECT 1 FROM ${table} t WHERE t.project_id = i.project_id AND t.issue_number = i.number AND t.text ILIKE ${wanted})`;
  const text = `${holds('issue_text')} OR ${holds('issue_stack')}`;
  const id = parseShortId(value);
  return id ? `${text} OR (p.prefix = ${values.add(id.prefix)} AND i.number = ${values.add(id.number)}::int)` : text;
}

function assignedCondition(value: string, values: Values, { userId }: ConditionContext): string {
  if (value === 'none' || value === 'nobody') return 'i.assignee_id IS NULL';
  if (value === 'me') return userId ? `i.assignee_id = ${values.add(userId)}::uuid` : 'false';
  return `i.assignee_id IN (SELECT u.id FROM app_user u WHERE u.email = lower(${values.add(value)}) OR lower(u.name) = lower(${values.add(value)}))`;
}

const FLIPPED: Record<Comparison, Comparison> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function timeCondition(
  term: Extract<QueryTerm, { key: 'firstSeen' | 'lastSeen' }>,
  values: Values,
  { now }: ConditionContext,
): string {
  const column = term.key === 'firstSeen' ? 'i.first_seen' : 'i.last_seen';
  if (term.agoMs !== undefined) {
    // Younger than seven days is later than seven days ago.
    const since = new Date(Math.max(0, now.getTime() - term.agoMs));
    return `${column} ${FLIPPED[term.comparison]} ${values.add(since)}::timestamptz`;
  }
  const at = new Date(term.at ?? 0);
  if (term.comparison === '=')
    return `${column} >= ${values.add(at)}::timestamptz AND ${column} < ${values.add(new Date(at.getTime() + DAY_MS))}::timestamptz`;
  return `${column} ${term.comparison} ${values.add(at)}::timestamptz`;
}
