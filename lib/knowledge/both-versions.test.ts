import { describe, expect, it } from 'vitest';
import { bothVersions } from './both-versions';
import { entryContentSchema } from './entry-schema';

const content = (fields: object) => entryContentSchema.parse({ title: 'T', ...fields });

describe('both versions of a field', () => {
  it('hold each line of a text once', () => {
    const [mine, theirs] = [
      content({ symptoms: 'It hangs.\nAt noon.' }),
      content({ symptoms: 'It hangs.\nUnder load.' }),
    ];
    expect(bothVersions('symptoms', mine, theirs)).toBe('It hangs.\nUnder load.\n\nAt noon.');
  });
  it('hold each item of a list once', () => {
    const [mine, theirs] = [content({ tags: ['pg', 'pool'] }), content({ tags: ['pg', 'prod'] })];
    expect(bothVersions('tags', mine, theirs)).toEqual(['pg', 'prod', 'pool']);
  });
  it('are not to be had of a value', () => {
    expect(bothVersions('severity', content({ severity: 'low' }), content({ severity: 'high' }))).toBeNull();
  });
});
