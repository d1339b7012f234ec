'use client';

import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { cn } from './cn';

export interface CheckboxProps extends Omit<ComponentProps<'button'>, 'type' | 'role' | 'children' | 'value'> {
  checked?: boolean | 'indeterminate';
  defaultChecked?: boolean;
  onCheckedChange?: (checked: boolean) => void;
  /** Words beside the box; without them give `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
}

/**
 * Yes, no, or `'indeterminate'` (`checked`, `onCheckedChange`). A form sends `name=on` while it is ticked. A button, not
 * an input: the keys of a list go on working after a row was ticked.
 */
export function Checkbox({
  label,
  hint,
  className,
  id: givenId,
  checked: given,
  defaultChecked = false,
  onCheckedChange,
  onClick,
  name,
  disabled,
  ...props
}: CheckboxProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const [own, setOwn] = useState(defaultChecked);
  const checked = given ?? own;
  const box = (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      <button
        id={id}
        type="button"
        role="checkbox"
        aria-checked={checked === 'indeterminate' ? 'mixed' : checked}
        data-state={checked === 'indeterminate' ? 'indeterminate' : checked ? 'checked' : 'unchecked'}
        disabled={disabled}
        onClick={(event) => {
          onClick?.(event);
          if (event.defaultPrevented) return;
          setOwn(checked !== true);
          onCheckedChange?.(checked !== true);
        }}
        className={cn(
          'flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-control bg-surface text-on-accent transition-colors disabled:opacity-50 data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent',
          className,
        )}
        {...props}
      >
        {checked ? (
          <svg
            aria-hidden
            viewBox="0 0 12 12"
            fill="none"
            stroke="currentColor"
            strokeWidth={1.75}
            strokeLinecap="round"
            strokeLinejoin="round"
            className="size-3"
          >
            <path d={checked === 'indeterminate' ? 'M2.5 6h7' : 'm2 6.5 2.5 2.5 5.5-6'} />
          </svg>
        ) : null}
      </button>
      {name && checked === true ? <input type="hidden" name={name} value="on" disabled={disabled} /> : null}
    </>
  );
  if (!label) return box;
  return (
    <div className="flex items-start gap-2">
      <span className="flex h-5 items-center">{box}</span>
      <label htmlFor={id} className="text-sm">
        {label}
        {hint ? <span className="block text-faint text-xs">{hint}</span> : null}
      </label>
    </div>
  );
}
