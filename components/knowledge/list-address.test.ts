import { describe, expect, it } from 'vitest';
import { filterCount, isOn, listAddress, toggled } from './list-address';

describe('listAddress', () => {
  it('keeps what is on and starts over at the first page', () => {
    expect(listAddress({ q: 'a b', category: 'Build', cursor: 'x' }, { tag: 'ts' })).toBe(
      '/knowledge?q=a+b&category=Build&tag=ts',
    );
    expect(listAddress({ q: 'a' }, { cursor: 'next' })).toBe('/knowledge?q=a&cursor=next');
    expect(listAddress({ disputed: true, sort: 'title' })).toBe('/knowledge?disputed=true&sort=title');
  });
});

describe('toggled', () => {
  it('switches one value of a facet, and several statuses', () => {
    expect(toggled({ category: 'Build' }, 'category', 'Build')).toBe('/knowledge');
    expect(toggled({ category: 'Build' }, 'category', 'Network')).toBe('/knowledge?category=Network');
    expect(toggled({ status: ['draft'] }, 'status', 'published')).toBe('/knowledge?status=draft%2Cpublished');
    expect(toggled({ status: ['draft'] }, 'status', 'draft')).toBe('/knowledge');
  });

  it('knows what is on', () => {
    expect(isOn({ status: ['draft'] }, 'status', 'draft')).toBe(true);
    expect(isOn({ tag: 'x' }, 'tag', 'y')).toBe(false);
    expect(filterCount({ status: ['draft'], tag: 'x', q: 'ignored', stale: false })).toBe(2);
  });
});
