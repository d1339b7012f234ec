import { describe, expect, it } from 'vitest';
import { contentOf, EMPTY_CONTENT } from './entry-content';
import { entryContentSchema } from './entry-schema';

describe('the content of an entry', () => {
  it('is empty as the schema fills in what is left out', () => {
    expect({ ...EMPTY_CONTENT, title: 'x' }).toEqual(entryContentSchema.parse({ title: 'x' }));
  });

  it('leaves behind what came along with it', () => {
    const input = { ...EMPTY_CONTENT, title: 'Pool exhausted', status: 'draft' };
    expect(contentOf(input)).toEqual({ ...EMPTY_CONTENT, title: 'Pool exhausted' });
  });
});
