import { AppError } from '../errors';
import type { GroupingRule } from './grouping-rules-schema';
import { parseRules } from './rules/rule-text';
import type { RulesInput } from './rules-dto-schema';

/** The rules of a request. @throws AppError `validation_failed` naming line and column of each mistake in a text. */
export function readRulesInput({ text, rules }: RulesInput): GroupingRule[] {
  if (text === undefined) return rules ?? [];
  const parsed = parseRules(text);
  if (parsed.errors.length === 0) return parsed.rules;
  const errors = parsed.errors.map(({ line, column, message, expected }) => ({
    field: 'text',
    message: `line ${line}, column ${column}: ${message}; expected ${expected}`,
  }));
  throw new AppError('validation_failed', `The rules are not valid. ${errors[0]!.message}`, { errors });
}
