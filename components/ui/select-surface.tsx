'use client';

import { Check } from 'lucide-react';
import { Menu as Radix } from 'radix-ui/internal';
import { cn } from './cn';
import { floatingClasses, menuItemClasses } from './menu-classes';
import { FocusItem, useTriggerId } from './menu-surface';
import type { SelectOption } from './select';
import type { Opener } from './use-opener';

export interface SelectSurfaceProps {
  id: string;
  opener: Opener;
  options: readonly SelectOption[];
  value: string | undefined;
  onChoose: (value: string) => void;
}

/** The options of a `Select`, as wide as its control at least. It takes the page for itself: a dialog may be below. */
export function SelectSurface({ id, opener, options, value, onChoose }: SelectSurfaceProps) {
  const { setOpen, triggerRef } = opener;
  const triggerId = useTriggerId(opener);
  return (
    <Radix.Root open onOpenChange={setOpen}>
      <Radix.Anchor virtualRef={triggerRef} />
      <Radix.Portal>
        <Radix.Content
          id={id}
          role="listbox"
          aria-labelledby={triggerId}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            floatingClasses,
            'max-h-(--radix-popper-available-height) min-w-(--radix-popper-anchor-width) overflow-y-auto',
          )}
          // A letter looks for an option here; it is no key of the list behind.
          onKeyDown={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            triggerRef.current?.focus();
          }}
        >
          <FocusItem selector={value === undefined ? '[role=option]' : '[role=option][aria-selected=true]'} />
          {options.map((option) => (
            <Radix.Item
              key={option.value}
              role="option"
              aria-selected={option.value === value}
              textValue={option.label}
              disabled={option.disabled}
              onSelect={() => onChoose(option.value)}
              className={cn(menuItemClasses, 'pr-8')}
            >
              {option.icon}
              <span className="min-w-0">
                {option.label}
                {option.description ? (
                  <span className="block max-w-80 text-faint text-xs">{option.description}</span>
                ) : null}
              </span>
              {option.value === value ? <Check aria-hidden className="absolute right-2 size-4 text-accent-fg" /> : null}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
