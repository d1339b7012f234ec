'use client';

import { ChevronDown } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button';
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

const PickerList = dynamic(() => import('./picker-list').then((module) => module.PickerList), { ssr: false });

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
      <PickerList label={label} allLabel={allLabel} value={value} options={options} onChoose={choose} />
    </Popover>
  );
}
