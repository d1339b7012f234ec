'use client';

import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { Solution } from '@/lib/knowledge/entry-schema';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { MarkdownField } from './markdown-field';
import { useRowList } from './row-list';

/** Ways to solve it, the best first. */
export function SolutionsField({ value, onChange }: { value: Solution[]; onChange: (value: Solution[]) => void }) {
  const list = useRowList(value, onChange);
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium text-muted text-xs">Solutions, the best first</legend>
      {list.rows.map(({ item, key }, index) => (
        <div key={key} className="border-success border-l-2 pl-3">
          <div className="mb-2 flex items-center gap-1">
            <Input
              aria-label={`Title of solution ${index + 1}`}
              placeholder={value.length > 1 ? `Solution ${index + 1}: what it does` : 'What it does (optional)'}
              value={item.title}
              maxLength={500}
              onChange={(event) => list.change(index, { title: event.target.value })}
            />
            <IconButton
              label="Move up"
              icon={<ArrowUp />}
              disabled={index === 0}
              onClick={() => list.move(index, -1)}
            />
            <IconButton
              label="Move down"
              icon={<ArrowDown />}
              disabled={index === value.length - 1}
              onClick={() => list.move(index, 1)}
            />
            <IconButton label={`Remove solution ${index + 1}`} icon={<Trash2 />} onClick={() => list.remove(index)} />
          </div>
          <MarkdownField
            label={`Steps of solution ${index + 1}`}
            hideLabel
            value={item.steps}
            onChange={(steps) => list.change(index, { steps })}
            placeholder="Steps, commands, code blocks"
          />
        </div>
      ))}
      <div>
        <Button size="sm" icon={<Plus />} onClick={() => list.add({ title: '', steps: '' })}>
          Add a solution
        </Button>
      </div>
    </fieldset>
  );
}
