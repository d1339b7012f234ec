import { expect, it } from 'vitest';
import { normalizeSearch } from './normalize-search';
import { viewInputSchema } from './view-schema';

it('one view has one spelling', () => {
  expect(normalizeSearch('?status=new&query=service%3Aapi&from=&cursor=abc')).toBe('query=service%3Aapi&status=new');
  expect(normalizeSearch('query=service:api&status=new')).toBe('query=service%3Aapi&status=new');
});

it('a view needs a name, and a page that has views', () => {
  expect(viewInputSchema.safeParse({ page: 'issues', name: '  ', search: '' }).success).toBe(false);
  expect(viewInputSchema.safeParse({ page: 'settings', name: 'Mine', search: '' }).success).toBe(false);
  expect(viewInputSchema.parse({ page: 'issues', name: ' Mine ', search: '?b=2&a=1' })).toEqual({
    page: 'issues',
    name: 'Mine',
    search: 'a=1&b=2',
    shared: false,
    default: false,
  });
});
