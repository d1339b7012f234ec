import { LEVELS } from '@/lib/ingest/level-words';
import {
  type GroupingRule,
  groupingRuleSchema,
  MAX_RULES,
  patternProblem,
  RULE_FIELDS,
  type RuleCondition,
  type RuleField,
  templateProblem,
} from '../grouping-rules-schema';
import { LineScanner, Mistake, type RuleTextError } from './scan-rule';

/**
 * Rules as text, one a line, in the manner of Sentry's fingerprint rules:
 *
 *     # comment
 *     type:Timeout !service:batch-* tags.region:[eu, us] -> {{ default }}, {{ tags.region }} title="Timeout in {{ tags.region }}"
 *     logger:noise -> drop
 */

/** Names that Sentry's rules use for the same. */
const ALIASES: Readonly<Record<string, RuleField>> = {
  'error.type': 'type',
  'error.value': 'value',
  'stack.abs_path': 'path',
  'stack.filename': 'path',
  'stack.module': 'module',
  'stack.function': 'function',
  'stack.package': 'package',
  'stack.in_app': 'app',
  in_app: 'app',
};
const NAMES = `${RULE_FIELDS.filter((field) => field !== 'tag').join(', ')} or tags.NAME`;
const ACTIONS = 'a fingerprint, title="…", level=… or drop';
const MAX_TEXT = 200_000;

function readPattern(scanner: LineScanner, field: RuleField, stops: string): string {
  const start = scanner.at;
  const pattern = (scanner.quoted() ?? scanner.word(`${stops}"`)).trim();
  if (pattern === '')
    throw new Mistake(start, `a value is missing: ${scanner.found}`, 'a value, in quotes where it has blanks');
  const problem = patternProblem(field, pattern);
  if (problem) throw new Mistake(start, `"${pattern}" is no ${field}`, problem.replace(/^expected /, ''));
  return pattern;
}

function readPatterns(scanner: LineScanner, field: RuleField): string[] {
  if (!scanner.takes('[')) return [readPattern(scanner, field, '')];
  const open = scanner.at - 1;
  const patterns: string[] = [];
  for (;;) {
    scanner.skipSpace(true);
    if (scanner.takes(']')) break;
    if (scanner.atEnd) throw new Mistake(open, 'this list is not closed', 'a closing ]');
    patterns.push(readPattern(scanner, field, ',]'));
  }
  if (patterns.length === 0) throw new Mistake(open, 'this list is empty', 'values with commas between them');
  return patterns;
}

function readCondition(scanner: LineScanner): RuleCondition {
  const negated = scanner.takes('!');
  const start = scanner.at;
  const name = scanner.word(':"[],');
  if (name === '') throw new Mistake(start, `no condition: ${scanner.found}`, `${NAMES}, or ->`);
  const key = name.startsWith('tags.') ? name.slice(5) : undefined;
  const field = key ? 'tag' : Object.hasOwn(ALIASES, name) ? ALIASES[name] : RULE_FIELDS.find((each) => each === name);
  if (!field || (field === 'tag' && !key)) throw new Mistake(start, `there is no field "${name}"`, NAMES);
  if (!scanner.takes(':'))
    throw new Mistake(scanner.at, `after ${name}, ${scanner.found}`, `a colon and a value, ${name}:…`);
  const patterns = readPatterns(scanner, field);
  return { field, ...(key ? { key } : {}), patterns, ...(negated ? { negated } : {}) };
}

type Actions = Pick<GroupingRule, 'fingerprint' | 'title' | 'level' | 'drop'>;

function readTemplate(scanner: LineScanner, kind: 'fingerprint' | 'title'): string {
  const start = scanner.at;
  const value = (scanner.quoted() ?? scanner.word(',"')).trim();
  if (value === '')
    throw new Mistake(start, `a ${kind} is missing: ${scanner.found}`, 'some text, in quotes where it has blanks');
  const problem = templateProblem(value, kind);
  if (problem) throw new Mistake(start, problem, 'variables as {{ type }} or {{ tags.region }}');
  return value;
}

function readActions(scanner: LineScanner): Actions {
  const actions: Actions = {};
  for (;;) {
    scanner.skipSpace(true);
    if (scanner.atEnd) return actions;
    const start = scanner.at;
    if (scanner.takes('title=')) actions.title = readTemplate(scanner, 'title');
    else if (scanner.takes('level=')) {
      const wanted = scanner.quoted() ?? scanner.word(',');
      const level = LEVELS.find((each) => each === wanted);
      if (!level) throw new Mistake(start, `"${wanted}" is no level`, LEVELS.join(', '));
      actions.level = level;
    } else if (/^drop(?=[\s,]|$)/.test(scanner.line.slice(start, start + 5))) {
      scanner.at += 4;
      actions.drop = true;
    } else {
      actions.fingerprint = [...(actions.fingerprint ?? []), readTemplate(scanner, 'fingerprint')];
    }
  }
}

function readRule(line: string, note: string): GroupingRule {
  const scanner = new LineScanner(line);
  const conditions: RuleCondition[] = [];
  for (;;) {
    scanner.skipSpace();
    if (scanner.takes('->')) break;
    if (scanner.atEnd) throw new Mistake(scanner.at, 'the rule says not what to do', `-> and ${ACTIONS}`);
    conditions.push(readCondition(scanner));
  }
  if (conditions.length === 0) throw new Mistake(0, 'the rule has no condition', `${NAMES}, each with a value`);
  const start = scanner.at;
  const actions = readActions(scanner);
  const rule = { conditions, ...actions, ...(note === '' ? {} : { note }) };
  const checked = groupingRuleSchema.safeParse(rule);
  if (checked.success) return checked.data;
  const { message, path } = checked.error.issues[0]!;
  throw new Mistake(start, path.length > 0 ? `${path.join('.')}: ${message}` : message, ACTIONS);
}

/** Reads rules from text. Every line with a mistake is in `errors`, all others in `rules`; comments belong to the rule below. */
export function parseRules(text: string): { rules: GroupingRule[]; errors: RuleTextError[] } {
  const rules: GroupingRule[] = [];
  const errors: RuleTextError[] = [];
  if (text.length > MAX_TEXT) {
    const message = `the text has ${text.length} characters`;
    return { rules, errors: [{ line: 1, column: 1, message, expected: `at most ${MAX_TEXT}` }] };
  }
  let notes: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const content = line.trim();
    if (content === '') continue;
    if (content.startsWith('#')) {
      notes.push(content.slice(1).trim());
      continue;
    }
    try {
      if (rules.length === MAX_RULES) throw new Mistake(0, 'there are too many rules', `at most ${MAX_RULES}`);
      rules.push(readRule(line, notes.join('\n').slice(0, 1000).trim()));
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      errors.push({ line: index + 1, column: error.at + 1, message: error.message, expected: error.expected });
    }
    notes = [];
  }
  return { rules, errors };
}

const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
const printPattern = (pattern: string) => (/^[\w.*/@:+$-]+$/.test(pattern) ? pattern : quote(pattern));
const isVariable = (part: string) => /^\{\{[^{}]*\}\}$/.test(part);
const printPart = (part: string) =>
  isVariable(part) || (/^[\w./@:+-]+$/.test(part) && part !== 'drop') ? part : quote(part);

function printCondition({ field, key, patterns, negated }: RuleCondition): string {
  const list = patterns.map(printPattern);
  return `${negated ? '!' : ''}${key ? `tags.${key}` : field}:${list.length === 1 ? list[0] : `[${list.join(', ')}]`}`;
}

/** A rule as one line, without its note. */
export function printRule({ conditions, fingerprint, title, level, drop }: GroupingRule): string {
  const actions = [
    ...(drop ? ['drop'] : []),
    ...(fingerprint ? [fingerprint.map(printPart).join(', ')] : []),
    ...(title ? [`title=${quote(title)}`] : []),
    ...(level ? [`level=${level}`] : []),
  ];
  return `${conditions.map(printCondition).join(' ')} -> ${actions.join(' ')}`;
}

/** The text that `parseRules` reads as these rules. */
export function printRules(rules: readonly GroupingRule[]): string {
  return rules
    .map((rule) => [...(rule.note ? rule.note.split('\n').map((line) => `# ${line}`) : []), printRule(rule)].join('\n'))
    .map((rule) => `${rule}\n`)
    .join('');
}
