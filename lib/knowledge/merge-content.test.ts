import { describe, expect, it } from 'vitest';
import { entryContentSchema } from './entry-schema';
import { ENTRY_FIELDS } from './entry-words';
import { changedFields, fieldText } from './field-text';
import { mergeContent, withFields } from './merge-content';

const base = entryContentSchema.parse({ title: 'T', symptoms: 's', root_cause: 'r', tags: ['a'] });

describe('mergeContent', () => {
  it('joins changes to different fields', () => {
    const merge = mergeContent(
      base,
      { ...base, symptoms: 'mine' },
      { ...base, root_cause: 'theirs', tags: ['a', 'b'] },
    );
    expect(merge.merged).toEqual({ ...base, symptoms: 'mine', root_cause: 'theirs', tags: ['a', 'b'] });
    expect(merge).toMatchObject({ conflicts: [], theirs: ['tags', 'root_cause'] });
  });

  it('names the fields both changed, and keeps mine there', () => {
    const merge = mergeContent(base, { ...base, symptoms: 'mine' }, { ...base, symptoms: 'theirs' });
    expect(merge.conflicts).toEqual(['symptoms']);
    expect(merge.merged.symptoms).toBe('mine');
    expect(withFields(merge.merged, { ...base, symptoms: 'theirs' }, ['symptoms']).symptoms).toBe('theirs');
  });

  it('sees no conflict where both made the same change', () => {
    const both = { ...base, symptoms: 'same' };
    expect(mergeContent(base, both, both)).toMatchObject({ conflicts: [], theirs: [] });
  });
});

describe('fieldText', () => {
  const other = entryContentSchema.parse({
    title: 'U',
    category: 'Build',
    severity: 'low',
    component: 'web',
    tags: ['b'],
    first_seen: '2024-01-01',
    symptoms: '1',
    detection: '2',
    diagnosis: '3',
    root_cause: '4',
    solutions: [{ title: 'x', steps: 'y' }],
    prevention: [{ text: 'p', done: true, owner: 'Ann' }],
    impact: '5',
    resolution_minutes: 3,
    validation: '6',
    related_files: ['f'],
    related_entries: ['ERROR-002'],
    environment: '7',
    references: ['g'],
    notes: '8',
    signatures: [{ kind: 'code', value: 'E1' }],
    next_review: '2025-01-01',
  });

  it('shows a difference in every field', () => {
    expect(changedFields(base, other)).toEqual([...ENTRY_FIELDS]);
    expect(ENTRY_FIELDS.filter((field) => fieldText(other, field) === '')).toEqual([]);
  });

  it('shows lists one fact a line', () => {
    expect(fieldText(other, 'prevention')).toBe('[x] p (Ann)');
    expect(fieldText(other, 'solutions')).toBe('1. x\n\ny');
    expect(fieldText(other, 'signatures')).toBe('code: E1');
    expect(changedFields(base, { ...base })).toEqual([]);
  });
});
