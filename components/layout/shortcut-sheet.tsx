'use client';

import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { SECTIONS } from './navigation';
import { useModifierKey } from './use-modifier-key';

type Shortcut = { keys: readonly string[]; does: string };

const GROUPS: readonly { title: string; shortcuts: readonly Shortcut[] }[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: ['mod', 'K'], does: 'Search and commands' },
      { keys: ['/'], does: 'Search this page, else everything' },
      { keys: ['?'], does: 'This list' },
      { keys: ['Esc'], does: 'Close' },
      { keys: ['mod', 'Enter'], does: 'Submit a form' },
    ],
  },
  {
    title: 'Go to',
    shortcuts: SECTIONS.flatMap((section) => (section.key ? [{ keys: ['g', section.key], does: section.label }] : [])),
  },
  {
    title: 'Lists',
    shortcuts: [
      { keys: ['j'], does: 'Next' },
      { keys: ['k'], does: 'Previous' },
      { keys: ['Enter'], does: 'Open' },
      { keys: ['x'], does: 'Select' },
      { keys: ['Shift', 'Click'], does: 'Select up to here' },
      { keys: ['Esc'], does: 'Clear the selection' },
    ],
  },
  {
    title: 'Issues',
    shortcuts: [
      { keys: ['e'], does: 'Resolve' },
      { keys: ['m'], does: 'Mute' },
      { keys: ['a'], does: 'Assign to yourself' },
    ],
  },
  {
    title: 'An issue',
    shortcuts: [
      { keys: ['j'], does: 'Older event' },
      { keys: ['k'], does: 'Newer event' },
      { keys: ['['], does: 'First event' },
      { keys: [']'], does: 'Latest event' },
      { keys: ['f'], does: 'Filter the events' },
      { keys: ['c'], does: 'Copy as Markdown' },
    ],
  },
  {
    title: 'Review',
    shortcuts: [
      { keys: ['a'], does: 'Accept the fix' },
      { keys: ['e'], does: 'Edit, then accept' },
      { keys: ['r'], does: 'Reject' },
    ],
  },
];

/** `?`: what the keyboard does. */
export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const modifier = useModifierKey();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-faint text-xs">{group.title}</h3>
            <dl>
              {group.shortcuts.map((shortcut) => (
                <div key={shortcut.does} className="flex h-7 items-center justify-between gap-4">
                  <dt>{shortcut.does}</dt>
                  <dd className="flex gap-1">
                    {shortcut.keys.map((key, index) => (
                      <Kbd key={index}>{key === 'mod' ? modifier : key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
