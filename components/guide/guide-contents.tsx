'use client';

import { Search } from 'lucide-react';
import { useState } from 'react';
import type { OutlineChapter } from '@/lib/guide/render-guide';
import { Input } from '../ui/input';

/** Contents with a filter over their words. */
export function GuideContents({ outline }: { outline: OutlineChapter[] }) {
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const has = (text: string) => text.toLowerCase().includes(wanted);
  const shown = outline
    .map((chapter) =>
      has(chapter.title)
        ? chapter
        : { ...chapter, entries: chapter.entries.filter((entry) => has(`${entry.id} ${entry.title}`)) },
    )
    .filter((chapter) => has(chapter.title) || chapter.entries.length > 0);
  return (
    <nav aria-label="Contents" className="text-sm">
      <Input
        type="search"
        aria-label="Filter the contents"
        placeholder="Filter"
        leading={<Search />}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        className="m-px mb-2"
      />
      <ul className="max-lg:max-h-64 max-lg:overflow-y-auto">
        {shown.map((chapter) => (
          <li key={chapter.anchor} className="mb-1.5">
            <a href={`#${chapter.anchor}`} className="block truncate rounded-sm px-2 py-0.5 font-medium hover:bg-hover">
              {chapter.title}
            </a>
            <ul>
              {chapter.entries.map((entry) => (
                <li key={entry.anchor}>
                  <a
                    href={`#${entry.anchor}`}
                    title={entry.id}
                    className="block truncate rounded-sm py-0.5 pr-2 pl-4 text-muted hover:bg-hover hover:text-fg"
                  >
                    {entry.title}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
        {shown.length === 0 ? <li className="px-2 py-1 text-faint">Nothing by that name</li> : null}
      </ul>
    </nav>
  );
}
