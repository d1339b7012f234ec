'use client';

import { Check, ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button';
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from '../ui/command';
import { Popover } from '../ui/popover';

export interface PickerProps {
  /** What is picked: "Project". */
  label: string;
  icon: ReactNode;
  /** The entry that stands for no choice: "All projects". */
  allLabel: string;
  value: string | null;
  options: readonly { value: string; label: string; meta?: ReactNode }[];
  onValueChange: (value: string | null) => void;
}

/** From this many on, the list can be searched. */
const SEARCH_FROM = 8;

/** One of many or all, in the top bar. */
export function Picker({ label, icon, allLabel, value, options, onValueChange }: PickerProps) {
  const [open, setOpen] = useState(false);
  const current = options.find((option) => option.value === value);
  const choose = (next: string | null) => {
    setOpen(false);
    onValueChange(next);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      className="w-60 p-0"
      trigger={
        <Button
          variant="ghost"
          icon={icon}
          aria-label={`${label}: ${current?.label ?? value ?? allLabel}`}
          className="px-2"
        >
          <span className="hidden max-w-36 truncate lg:inline">{current?.label ?? value ?? allLabel}</span>
          <ChevronDown aria-hidden className="hidden size-3.5 text-faint lg:block" />
        </Button>
      }
    >
      <Command label={label} className="max-h-80">
        {options.length >= SEARCH_FROM ? <CommandInput placeholder={`Find ${label.toLowerCase()}…`} /> : null}
        <CommandList>
          <CommandEmpty>Nothing by that name.</CommandEmpty>
          <CommandItem value=" all" onSelect={() => choose(null)} trailing={value === null ? <Chosen /> : null}>
            {allLabel}
          </CommandItem>
          {options.map((option) => (
            <CommandItem
              key={option.value}
              value={option.value}
              keywords={[option.label]}
              onSelect={() => choose(option.value)}
              trailing={option.value === value ? <Chosen /> : option.meta}
            >
              {option.label}
            </CommandItem>
          ))}
        </CommandList>
      </Command>
    </Popover>
  );
}

const Chosen = () => <Check aria-label="chosen" className="size-4 text-accent-fg" />;
