import { describe, expect, it } from 'vitest';
import { cpuMs } from '@/lib/test-cpu-time';
import { entryRow } from './entry-row';
import { entryContentSchema } from './entry-schema';

const content = (fields: object) => entryContentSchema.parse({ title: 'T', ...fields });

describe('entryRow', () => {
  it('repeats what lists filter and sort by', () => {
    const row = entryRow(
      content({ category: 'Build', severity: 'high', component: 'web', tags: ['vite'], next_review: '2024-02-01' }),
    );
    expect(row).toMatchObject({ title: 'T', category: 'Build', severity: 'high', component: 'web', tags: ['vite'] });
    expect(row.nextReview?.toISOString()).toBe('2024-02-01T00:00:00.000Z');
  });

  it('makes every field searchable', () => {
    const words = {
      category: 'alpha',
      component: 'bravo',
      tags: ['charlie'],
      symptoms: 'delta',
      detection: 'echo',
      diagnosis: 'foxtrot',
      root_cause: 'golf',
      solutions: [{ title: 'hotel', steps: 'india' }],
      prevention: [{ text: 'juliet' }],
      impact: 'kilo',
      validation: 'lima',
      related_files: ['mike'],
      related_entries: ['november'],
      environment: 'oscar',
      references: ['papa'],
      notes: 'quebec',
      signatures: [{ kind: 'code', value: 'romeo' }],
    };
    const { searchText } = entryRow(content(words));
    const expected = [
      'alpha',
      'bravo',
      'charlie',
      'delta',
      'echo',
      'foxtrot',
      'golf',
      'hotel',
      'india',
      'juliet',
      'kilo',
      'lima',
      'mike',
      'november',
      'oscar',
      'papa',
      'quebec',
      'romeo',
    ];
    expect(expected.filter((word) => !searchText.includes(word))).toEqual([]);
  });

  it('adds the pieces of compound words', () => {
    const { searchText } = entryRow(content({ symptoms: '`kombu.exceptions.EncodeError` in app/tasks.py' }));
    expect(searchText.split(/\s+/)).toEqual(expect.arrayContaining(['kombu', 'exceptions', 'encodeerror', 'tasks']));
  });

  it('reads as words, without Markdown marks', () => {
    const { searchText } = entryRow(
      content({ symptoms: '## Seen\n\n```text\nboom\n```', root_cause: '**No** `lock`' }),
    );
    expect(searchText).toBe('Seen\n\nboom\nNo lock');
  });

  it('replaces what PostgreSQL cannot store', () => {
    const row = entryRow(content({ title: 'a\0b', solutions: [{ title: '', steps: 'x\ud800y 😀' }] }));
    expect(row.title).toBe('a\ufffdb');
    expect(row.content.solutions[0]?.steps).toBe('x\ufffdy 😀');
  });

  it('bounds the search text and stays fast on a hostile megabyte', () => {
    const hostile = content({ notes: `${'a.'.repeat(250_000)}${'-'.repeat(400_000)}` });
    expect(entryRow(hostile).searchText.length).toBeLessThanOrEqual(200_000);
    expect(cpuMs(() => entryRow(hostile))).toBeLessThan(1000);
  });
});
