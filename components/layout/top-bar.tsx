'use client';

import { Boxes, Search, Server } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { NotificationBell } from '../notifications/notification-bell';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { Breadcrumbs } from './breadcrumbs';
import type { Density } from './density';
import { MobileNav } from './mobile-nav';
import { filtersOf, type SharedFilter } from './navigation';
import { Picker } from './picker';
import { RangePicker } from './range-picker';
import { useFilters } from './use-filters';
import { useModifierKey } from './use-modifier-key';
import { UserMenu } from './user-menu';

export interface TopBarProps {
  projects: readonly { id: string; slug: string; name: string; demo: boolean }[];
  environments: readonly string[];
  onSearch: () => void;
  onShortcuts: () => void;
  density: Density;
  onDensity: (density: Density) => void;
}

/** 48 px: where one is, the shared filters (only where they change something), search, the signed-in person. */
export function TopBar({ projects, environments, onSearch, onShortcuts, density, onDensity }: TopBarProps) {
  const path = usePathname();
  const [filters, setFilters] = useFilters();
  const shows = (filter: SharedFilter) => filtersOf(path).includes(filter);
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-1 border-line border-b bg-canvas/92 px-2 backdrop-blur-sm md:px-4 print:hidden">
      <MobileNav />
      <div className="mr-auto min-w-0 md:pl-2">
        <Breadcrumbs projects={projects} />
      </div>
      {shows('project') ? (
        <Picker
          label="Project"
          icon={<Boxes />}
          allLabel="All projects"
          value={filters.project}
          options={projects.map((project) => ({
            value: project.slug,
            label: project.name,
            meta: project.demo ? <Badge quiet>sample</Badge> : null,
          }))}
          onValueChange={(project) => setFilters({ project })}
        />
      ) : null}
      {shows('environment') && environments.length > 0 ? (
        <Picker
          label="Environment"
          icon={<Server />}
          allLabel="All environments"
          value={filters.environment}
          options={environments.map((name) => ({ value: name, label: name }))}
          onValueChange={(environment) => setFilters({ environment })}
        />
      ) : null}
      {shows('range') ? <RangePicker /> : null}
      <Button
        onClick={onSearch}
        icon={<Search />}
        aria-label="Search"
        aria-keyshortcuts="Control+K Meta+K"
        className="ml-1 px-2 text-faint lg:w-52 lg:justify-start"
      >
        <span className="hidden flex-1 text-left font-normal lg:inline">Search</span>
        <span className="hidden gap-0.5 lg:flex">
          <Kbd>{useModifierKey()}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </Button>
      <NotificationBell />
      <UserMenu onShortcuts={onShortcuts} density={density} onDensity={onDensity} />
    </header>
  );
}
