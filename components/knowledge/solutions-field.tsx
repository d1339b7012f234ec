'use client';

import { ArrowDown, ArrowUp, GripVertical, Plus, Trash2 } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import type { Solution } from '@/lib/knowledge/entry-schema';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { MarkdownField } from './markdown-field';
import { useRowList } from './row-list';

/** Ways to solve it, the best first. Dragged by the grip, or moved with its buttons and Alt+arrow keys. */
export function SolutionsField({ value, onChange }: { value: Solution[]; onChange: (value: Solution[]) => void }) {
  const list = useRowList(value, onChange);
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const move = (index: number, step: -1 | 1) => {
    const to = index + step;
    if (to < 0 || to >= value.length) return;
    list.move(index, step);
    setSaid(`Solution moved to place ${to + 1} of ${value.length}`);
  };
  const drop = (event: DragEvent, index: number) => {
    if (dragged === null) return;
    event.preventDefault();
    if (dragged !== index) list.moveTo(dragged, index);
    setDragged(null);
    setOver(null);
  };
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium text-muted text-xs">Solutions, the best first</legend>
      {list.rows.map(({ item, key }, index) => (
        <fieldset
          key={key}
          aria-label={`Solution ${index + 1}`}
          onDragOver={(event) => {
            if (dragged === null) return;
            event.preventDefault();
            setOver(index);
          }}
          onDrop={(event) => drop(event, index)}
          className={cn(
            'border-success border-l-2 pl-3',
            dragged === index && 'opacity-50',
            over === index && dragged !== index && dragged !== null && 'rounded-r-md bg-selected',
          )}
        >
          <div className="mb-2 flex items-center gap-1">
            {value.length > 1 ? (
              <span
                draggable
                aria-hidden
                title="Drag to reorder"
                className="-ml-1.5 cursor-grab text-faint active:cursor-grabbing"
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = 'move';
                  event.dataTransfer.setData('text/plain', item.title);
                  setDragged(index);
                }}
                onDragEnd={() => {
                  setDragged(null);
                  setOver(null);
                }}
              >
                <GripVertical className="size-4" />
              </span>
            ) : null}
            <Input
              aria-label={`Title of solution ${index + 1}`}
              placeholder={value.length > 1 ? `Solution ${index + 1}: what it does` : 'What it does (optional)'}
              value={item.title}
              maxLength={500}
              onChange={(event) => list.change(index, { title: event.target.value })}
              onKeyDown={(event) => {
                const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
                if (!event.altKey || step === null) return;
                event.preventDefault();
                move(index, step);
              }}
            />
            <IconButton label="Move up" icon={<ArrowUp />} disabled={index === 0} onClick={() => move(index, -1)} />
            <IconButton
              label="Move down"
              icon={<ArrowDown />}
              disabled={index === value.length - 1}
              onClick={() => move(index, 1)}
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
        </fieldset>
      ))}
      <p role="status" className="sr-only">
        {said}
      </p>
      <div>
        <Button size="sm" icon={<Plus />} onClick={() => list.add({ title: '', steps: '' })}>
          Add a solution
        </Button>
      </div>
    </fieldset>
  );
}
