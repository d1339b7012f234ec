'use client';

import { ArrowUp, Plus, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import {
  type GroupingRule,
  groupingRuleSchema,
  RULE_FIELDS,
  type RuleCondition,
  type RuleField,
} from '@/lib/grouping/grouping-rules-schema';
import { LEVELS, type Level } from '@/lib/ingest/event-schema';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';

const FRESH: GroupingRule = { conditions: [{ field: 'type', patterns: ['*'] }], fingerprint: ['{{ default }}'] };
const NO_LEVEL = 'keep';

/** Comma-separated values of an input; nothing of it is kept while it is empty. */
const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

export interface GroupingRuleFormProps {
  rules: readonly GroupingRule[];
  onChange: (rules: GroupingRule[]) => void;
}

/** The rules as forms. A change that would leave a rule invalid waits in its field until it is whole. */
export function GroupingRuleForm({ rules, onChange }: GroupingRuleFormProps) {
  // Fields keep what was typed; those of other places must not, once rules change places.
  const [order, setOrder] = useState(0);
  const move = (next: GroupingRule[]) => {
    setOrder(order + 1);
    onChange(next);
  };
  const put = (index: number, rule: GroupingRule) => {
    if (groupingRuleSchema.safeParse(rule).success) onChange(rules.with(index, rule));
  };
  return (
    <div className="flex flex-col gap-4">
      {rules.map((rule, index) => (
        <fieldset key={`${order}-${index}`} className="rounded-md border border-line p-3">
          <legend className="px-1 text-faint text-xs">Rule {index + 1}</legend>
          <div className="flex flex-col gap-2">
            {rule.conditions.map((condition, at) => (
              <ConditionRow
                key={`${at}${condition.field}${rule.conditions.length}`}
                condition={condition}
                onChange={(next) => put(index, { ...rule, conditions: rule.conditions.with(at, next) })}
                onDelete={
                  rule.conditions.length > 1
                    ? () => put(index, { ...rule, conditions: rule.conditions.toSpliced(at, 1) })
                    : undefined
                }
              />
            ))}
            <Button
              size="sm"
              className="self-start"
              icon={<Plus />}
              onClick={() =>
                put(index, { ...rule, conditions: [...rule.conditions, { field: 'service', patterns: ['*'] }] })
              }
            >
              And
            </Button>
          </div>
          <ActionFields rule={rule} onChange={(next) => put(index, next)} />
          <div className="mt-3 flex items-end gap-2">
            <Field label="What it is for" optional className="flex-1">
              <Input
                defaultValue={rule.note ?? ''}
                maxLength={1000}
                onBlur={(event) => put(index, { ...rule, note: event.target.value.trim() || undefined })}
              />
            </Field>
            <IconButton
              label={`Ask rule ${index + 1} earlier`}
              icon={<ArrowUp />}
              disabled={index === 0}
              onClick={() => move(rules.with(index - 1, rule).with(index, rules[index - 1] as GroupingRule))}
            />
            <IconButton
              label={`Delete rule ${index + 1}`}
              icon={<Trash2 />}
              onClick={() => move(rules.toSpliced(index, 1))}
            />
          </div>
        </fieldset>
      ))}
      <Button className="self-start" icon={<Plus />} onClick={() => onChange([...rules, FRESH])}>
        Rule
      </Button>
    </div>
  );
}

const EXAMPLES: Partial<Record<RuleField, string>> = { app: 'true', level: 'warning', hash: '0'.repeat(32) };

function ConditionRow({
  condition,
  onChange,
  onDelete,
}: {
  condition: RuleCondition;
  onChange: (condition: RuleCondition) => void;
  onDelete?: () => void;
}) {
  const { field, key, patterns, negated } = condition;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select<RuleField>
        aria-label="Field"
        size="sm"
        className="w-36"
        value={field}
        options={RULE_FIELDS.map((name) => ({ value: name, label: name }))}
        onValueChange={(next) =>
          onChange({
            field: next,
            patterns: [EXAMPLES[next] ?? '*'],
            ...(next === 'tag' ? { key: 'name' } : {}),
            ...(negated ? { negated } : {}),
          })
        }
      />
      {field === 'tag' ? (
        <Input
          aria-label="Name of the tag"
          className="w-32 font-mono"
          defaultValue={key}
          maxLength={200}
          onBlur={(event) => onChange({ ...condition, key: event.target.value.trim() })}
        />
      ) : null}
      <Segmented<'is' | 'not'>
        label="Is or is not"
        size="sm"
        value={negated ? 'not' : 'is'}
        options={[
          { value: 'is', label: 'is' },
          { value: 'not', label: 'is not' },
        ]}
        onValueChange={(next) => {
          const { negated: _, ...rest } = condition;
          onChange(next === 'not' ? { ...rest, negated: true } : rest);
        }}
      />
      <Input
        aria-label={`Patterns of ${field}, with commas between them`}
        className="min-w-40 flex-1 font-mono"
        defaultValue={patterns.join(', ')}
        onBlur={(event) => onChange({ ...condition, patterns: listOf(event.target.value) })}
      />
      {onDelete ? <IconButton label="Delete this condition" size="sm" icon={<X />} onClick={onDelete} /> : null}
    </div>
  );
}

function ActionFields({ rule, onChange }: { rule: GroupingRule; onChange: (rule: GroupingRule) => void }) {
  const { conditions, note, fingerprint, title, level, drop } = rule;
  const kept = { conditions, ...(note ? { note } : {}) };
  const actions = { fingerprint, title, level };
  return (
    <div className="mt-3 flex flex-col gap-3">
      <Checkbox
        label="Drop the event"
        checked={drop === true}
        onCheckedChange={(checked) =>
          onChange(checked ? { ...kept, drop: true } : { ...kept, fingerprint: ['{{ default }}'] })
        }
      />
      {drop ? null : (
        <div className="grid gap-3 sm:grid-cols-3">
          <Field label="Fingerprint" optional hint="Parts with commas between them.">
            <Input
              className="font-mono"
              defaultValue={fingerprint?.join(', ') ?? ''}
              onBlur={(event) => {
                const parts = listOf(event.target.value);
                onChange({ ...kept, ...actions, fingerprint: parts.length > 0 ? parts : undefined });
              }}
            />
          </Field>
          <Field label="Title" optional>
            <Input
              className="font-mono"
              defaultValue={title ?? ''}
              maxLength={200}
              onBlur={(event) => onChange({ ...kept, ...actions, title: event.target.value.trim() || undefined })}
            />
          </Field>
          <Field label="Level" optional>
            <Select<Level | typeof NO_LEVEL>
              value={level ?? NO_LEVEL}
              options={[
                { value: NO_LEVEL, label: 'As it is' },
                ...LEVELS.map((each) => ({ value: each, label: each })),
              ]}
              onValueChange={(next) =>
                onChange({ ...kept, ...actions, level: next === NO_LEVEL ? undefined : (next as Level) })
              }
            />
          </Field>
        </div>
      )}
    </div>
  );
}
