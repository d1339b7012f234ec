'use client';

import { Check } from 'lucide-react';
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from '../ui/command';
import type { PickerProps } from './picker';

/** From this many on, the list can be searched. */
const SEARCH_FROM = 8;

export interface PickerListProps extends Omit<PickerProps, 'icon' | 'onValueChange'> {
  onChoose: (value: string | null) => void;
}

/** What there is to pick from. */
export function PickerList({ label, allLabel, value, options, onChoose }: PickerListProps) {
  return (
    <Command label={label} className="max-h-80">
      {options.length >= SEARCH_FROM ? <CommandInput placeholder={`Find ${label.toLowerCase()}…`} /> : null}
      <CommandList>
        <CommandEmpty>Nothing by that name.</CommandEmpty>
        <CommandItem value=" all" onSelect={() => onChoose(null)} trailing={value === null ? <Chosen /> : null}>
          {allLabel}
        </CommandItem>
        {options.map((option) => (
          <CommandItem
            key={option.value}
            value={option.value}
            keywords={[option.label]}
            onSelect={() => onChoose(option.value)}
            trailing={option.value === value ? <Chosen /> : option.meta}
          >
            {option.label}
          </CommandItem>
        ))}
      </CommandList>
    </Command>
  );
}

const Chosen = () => <Check aria-label="chosen" className="size-4 text-accent-fg" />;
