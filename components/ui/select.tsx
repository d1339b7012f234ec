'use client';

import { ChevronDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, Suspense, useId, useState } from 'react';
import { cn } from './cn';
import { controlClasses } from './input';
import { late } from './late';
import type { SelectSurfaceProps } from './select-surface';
import { useOpener } from './use-opener';

const SelectSurface = late<SelectSurfaceProps>(() => import('./select-surface').then((module) => module.SelectSurface));

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: string;
  /** Second line in the list, not in the closed control. */
  description?: string;
  icon?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<Value extends string = string> {
  options: readonly SelectOption<Value>[];
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  placeholder?: string;
  name?: string;
  disabled?: boolean;
  size?: 'sm' | 'md';
  id?: string;
  className?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

/** One of a few known values. More than about fifteen, or with search: use `Command` in a `Popover`. */
export function Select<Value extends string = string>({
  options,
  onValueChange,
  placeholder = 'Choose…',
  size = 'md',
  className,
  value: given,
  defaultValue,
  name,
  disabled,
  ...rest
}: SelectProps<Value>) {
  const opener = useOpener({});
  const listId = useId();
  const [own, setOwn] = useState(defaultValue);
  const value = given ?? own;
  const chosen = options.find((option) => option.value === value);
  const choose = (next: Value) => {
    setOwn(next);
    onValueChange?.(next);
  };
  const { onKeyDown, ...trigger } = opener.triggerProps('listbox');
  return (
    <>
      <button
        type="button"
        role="combobox"
        disabled={disabled}
        data-placeholder={chosen ? undefined : ''}
        className={cn(
          controlClasses,
          'flex items-center justify-between gap-2 px-2.5 text-left data-placeholder:text-faint',
          size === 'sm' ? 'h-7 text-xs' : 'h-8',
          className,
        )}
        {...rest}
        {...trigger}
        aria-expanded={opener.open}
        aria-controls={opener.open ? listId : undefined}
        onKeyDown={(event: KeyboardEvent) => {
          const begun = beginsWith(options, event);
          if (begun) choose(begun.value);
          else onKeyDown(event);
        }}
      >
        <span className="truncate">{chosen?.label ?? placeholder}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-faint" />
      </button>
      {name ? <input type="hidden" name={name} value={value ?? ''} disabled={disabled} /> : null}
      {opener.open ? (
        <Suspense>
          <SelectSurface
            id={listId}
            opener={opener}
            options={options}
            value={value}
            onChoose={(next) => choose(next as Value)}
          />
        </Suspense>
      ) : null}
    </>
  );
}

/** The option that a letter typed on the closed control chooses, as the system's own selects do. */
function beginsWith<Value extends string>(
  options: readonly SelectOption<Value>[],
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
): SelectOption<Value> | undefined {
  if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return undefined;
  return options.find((option) => !option.disabled && option.label.toLowerCase().startsWith(key.toLowerCase()));
}
