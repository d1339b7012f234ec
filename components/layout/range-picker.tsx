'use client';

import { CalendarClock, Check, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { RANGE_LABELS, RANGES } from '@/lib/time';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Popover } from '../ui/popover';
import { useFilters } from './use-filters';

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function rangeLabel(from: string | null, to: string | null): string | null {
  const start = from ? Date.parse(from) : Number.NaN;
  if (Number.isNaN(start)) return null;
  const end = to ? Date.parse(to) : Number.NaN;
  return `${dayFormat.format(start)} – ${Number.isNaN(end) ? 'now' : dayFormat.format(end)}`;
}

/** Named ranges, or two days of UTC. */
export function RangePicker() {
  const [filters, setFilters] = useFilters();
  const [open, setOpen] = useState(false);
  const custom = rangeLabel(filters.from, filters.to);
  const label = custom ?? RANGE_LABELS[filters.range];
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-60 p-0"
      trigger={
        <Button variant="ghost" icon={<CalendarClock />} aria-label={`Time range: ${label}`} className="px-2">
          <span className="hidden sm:inline">{label}</span>
          <ChevronDown aria-hidden className="hidden size-3.5 text-faint sm:block" />
        </Button>
      }
    >
      <ul className="p-1">
        {RANGES.map((name) => (
          <li key={name}>
            <button
              type="button"
              onClick={() => {
                setOpen(false);
                void setFilters({ range: name, from: null, to: null });
              }}
              className="flex h-8 w-full items-center justify-between rounded-sm px-2 text-left text-sm hover:bg-highlight"
            >
              {RANGE_LABELS[name]}
              {!custom && name === filters.range ? (
                <Check aria-label="chosen" className="size-4 text-accent-fg" />
              ) : (
                <span className="text-faint text-xs">{name}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <form
        className="flex flex-col gap-2 border-line border-t p-3"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const from = String(data.get('from'));
          const to = String(data.get('to'));
          if (!from || !to || from > to) return;
          setOpen(false);
          void setFilters({
            from: `${from}T00:00:00.000Z`,
            to: new Date(Date.parse(`${to}T00:00:00.000Z`) + 86_400_000).toISOString(),
            range: null,
          });
        }}
      >
        <div className="grid grid-cols-2 gap-2">
          <Field label="From">
            <Input
              type="date"
              name="from"
              required
              defaultValue={filters.from?.slice(0, 10)}
              className="px-1.5 text-xs"
            />
          </Field>
          <Field label="To">
            <Input type="date" name="to" required className="px-1.5 text-xs" />
          </Field>
        </div>
        <Button type="submit" size="sm">
          Apply
        </Button>
      </form>
    </Popover>
  );
}
