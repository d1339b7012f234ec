import { describe, expect, it } from 'vitest';
import { breadcrumb, SECTIONS, sectionOf } from './navigation';

describe('the breadcrumb', () => {
  it('names the section and what is open in it', () => {
    expect(breadcrumb('/')).toEqual([{ label: 'Overview' }]);
    expect(breadcrumb('/issues/API-42')).toEqual([{ label: 'Issues', href: '/issues' }, { label: 'API-42' }]);
    expect(breadcrumb('/knowledge/ERROR-007/edit')).toEqual([
      { label: 'Knowledge', href: '/knowledge' },
      { label: 'ERROR-007', href: '/knowledge/ERROR-007' },
      { label: 'Edit' },
    ]);
    expect(breadcrumb('/settings/tokens').at(-1)).toEqual({ label: 'API tokens' });
    expect(breadcrumb('/guide/publishing').at(-1)).toEqual({ label: 'Publishing' });
    const shop = { id: '7', slug: 'shop', name: 'Web shop' };
    expect(breadcrumb('/settings/projects/7/grouping', [shop]).map(({ label }) => label)).toEqual([
      'Settings',
      'Projects',
      'Web shop',
      'Grouping rules',
    ]);
    expect(breadcrumb('/releases/shop/1.0', [shop])[1]).toEqual({ label: 'Web shop', href: '/releases/shop' });
  });

  it('survives an address that is not well encoded', () => {
    expect(breadcrumb('/issues/%E0%A4%A').at(-1)?.label).toBe('%E0%A4%A');
  });
});

it('a path belongs to a section by whole words', () => {
  expect(sectionOf('/issues-old')).toBeUndefined();
  expect(sectionOf('/issues')?.label).toBe('Issues');
});

it('no two sections share a key', () => {
  const keys = SECTIONS.flatMap((section) => section.key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});
