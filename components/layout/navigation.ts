import {
  BookOpen,
  ChartLine,
  CircleAlert,
  Inbox,
  LayoutDashboard,
  Library,
  type LucideIcon,
  Search,
  Settings,
  Tag,
} from 'lucide-react';

export type SharedFilter = 'project' | 'environment' | 'range';

export interface Section {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Second key of `g …`. */
  key?: string;
  /** `main` in the sidebar, `foot` at its end, `none` only in the palette and the breadcrumb. */
  place: 'main' | 'foot' | 'none';
  /** The shared filters that change what its first page shows. */
  filters: readonly SharedFilter[];
}

/** Every section there is: sidebar, palette, breadcrumb, `g` keys and pickers follow from this table. */
export const SECTIONS: readonly Section[] = [
  {
    href: '/',
    label: 'Overview',
    icon: LayoutDashboard,
    key: 'o',
    place: 'main',
    filters: ['project', 'environment', 'range'],
  },
  {
    href: '/issues',
    label: 'Issues',
    icon: CircleAlert,
    key: 'i',
    place: 'main',
    filters: ['project', 'environment', 'range'],
  },
  { href: '/review', label: 'Review', icon: Inbox, key: 'r', place: 'main', filters: ['project'] },
  { href: '/knowledge', label: 'Knowledge', icon: Library, key: 'k', place: 'main', filters: [] },
  {
    href: '/trends',
    label: 'Trends',
    icon: ChartLine,
    key: 't',
    place: 'main',
    filters: ['project', 'environment', 'range'],
  },
  {
    href: '/releases',
    label: 'Releases',
    icon: Tag,
    key: 'l',
    place: 'main',
    filters: ['project', 'environment', 'range'],
  },
  { href: '/guide', label: 'Guide', icon: BookOpen, key: 'g', place: 'main', filters: [] },
  { href: '/search', label: 'Search', icon: Search, place: 'none', filters: [] },
  { href: '/settings', label: 'Settings', icon: Settings, key: 's', place: 'foot', filters: [] },
];

/** The section a path belongs to. */
export function sectionOf(path: string): Section | undefined {
  return SECTIONS.find((section) =>
    section.href === '/' ? path === '/' : path === section.href || path.startsWith(`${section.href}/`),
  );
}

/** Pages below a section's first that its shared filters change as well. */
const FILTERED_BELOW: Record<string, readonly SharedFilter[]> = {
  '/trends/resolution': ['project', 'environment', 'range'],
  '/trends/report': ['project', 'environment'],
};

/** The shared filters that change what a page shows. */
export function filtersOf(path: string): readonly SharedFilter[] {
  const section = sectionOf(path);
  return section?.href === path ? section.filters : (FILTERED_BELOW[path] ?? []);
}

export interface SettingsPage {
  href: string;
  label: string;
  adminOnly: boolean;
}

export const SETTINGS_PAGES: readonly SettingsPage[] = [
  { href: '/settings/account', label: 'Account', adminOnly: false },
  { href: '/settings/projects', label: 'Projects', adminOnly: false },
  { href: '/settings/members', label: 'Members', adminOnly: false },
  { href: '/settings/tokens', label: 'API tokens', adminOnly: true },
  { href: '/settings/workspace', label: 'Workspace', adminOnly: true },
];

export interface NamedProject {
  id: string;
  slug: string;
  name: string;
}

export interface Crumb {
  label: string;
  href?: string;
}

const WORDS: Record<string, string> = {
  new: 'New',
  edit: 'Edit',
  import: 'Import',
  sections: 'Sections',
  revisions: 'Revisions',
  prevention: 'Prevention',
  resolution: 'Resolution',
  learning: 'Learning',
  report: 'Weekly report',
  packs: 'Packs',
  publishing: 'Publishing',
  grouping: 'Grouping rules',
};

/** `/knowledge/ERROR-007/edit` → Knowledge / ERROR-007 / Edit; the last one is no link. Projects go by their names. */
export function breadcrumb(path: string, projects: readonly NamedProject[] = []): Crumb[] {
  const section = sectionOf(path);
  if (!section) return [];
  const crumbs: Crumb[] = [{ label: section.label, href: section.href }];
  let href = section.href === '/' ? '' : section.href;
  for (const part of path.slice(href.length).split('/').filter(Boolean)) {
    href += `/${part}`;
    const page = SETTINGS_PAGES.find((each) => each.href === href);
    const project = projects.find(
      ({ id, slug }) => href === `/settings/projects/${id}` || href === `/releases/${slug}`,
    );
    crumbs.push({ label: project?.name ?? page?.label ?? WORDS[part] ?? safeDecode(part), href });
  }
  const last = crumbs[crumbs.length - 1]!;
  return [...crumbs.slice(0, -1), { label: last.label }];
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
