'use client';

import { Plus, Trash2 } from 'lucide-react';
import type { PreventionItem } from '@/lib/knowledge/entry-schema';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { Textarea } from '../ui/textarea';
import { useRowList } from './row-list';

/** What keeps it from coming back: done or not, whose it is, by when, and where it lives. */
export function PreventionField({
  value,
  onChange,
}: {
  value: PreventionItem[];
  onChange: (value: PreventionItem[]) => void;
}) {
  const list = useRowList(value, onChange);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-muted text-xs">Prevention</legend>
      {list.rows.map(({ item, key }, index) => (
        <div key={key} className="flex items-start gap-2">
          <span className="flex h-8 items-center">
            <Checkbox
              aria-label={`Item ${index + 1} is done`}
              checked={item.done}
              onCheckedChange={(done) => list.change(index, { done: done === true })}
            />
          </span>
          <div className="grid min-w-0 flex-1 grid-cols-2 gap-1.5 xl:grid-cols-[minmax(0,1fr)_110px_136px_170px]">
            <Textarea
              aria-label={`Item ${index + 1}`}
              placeholder="A test, a lint rule, an alert"
              className="col-span-2 min-h-8 xl:col-span-1"
              rows={1}
              value={item.text}
              onChange={(event) => list.change(index, { text: event.target.value })}
            />
            <Input
              aria-label={`Owner of item ${index + 1}`}
              placeholder="Owner"
              maxLength={200}
              value={item.owner ?? ''}
              onChange={(event) => list.change(index, { owner: event.target.value })}
            />
            <Input
              type="date"
              aria-label={`Due date of item ${index + 1}`}
              value={item.due ?? ''}
              onChange={(event) => list.change(index, { due: event.target.value || null })}
            />
            <Input
              aria-label={`Link of item ${index + 1}`}
              placeholder="Pull request, test, rule"
              className="col-span-2 xl:col-span-1"
              maxLength={2000}
              value={item.link ?? ''}
              onChange={(event) => list.change(index, { link: event.target.value })}
            />
          </div>
          <IconButton label={`Remove item ${index + 1}`} icon={<Trash2 />} onClick={() => list.remove(index)} />
        </div>
      ))}
      <div>
        <Button size="sm" icon={<Plus />} onClick={() => list.add({ text: '', done: false })}>
          Add an item
        </Button>
      </div>
    </fieldset>
  );
}
