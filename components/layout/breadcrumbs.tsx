'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { breadcrumb, type NamedProject } from './navigation';

/** Where this page is. On small screens only the last part. */
export function Breadcrumbs({ projects }: { projects: readonly NamedProject[] }) {
  const crumbs = breadcrumb(usePathname(), projects);
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm">
        {crumbs.map((crumb, index) => (
          <li
            key={crumb.href ?? crumb.label}
            className={`min-w-0 items-center gap-1.5 ${index === crumbs.length - 1 ? 'flex' : 'hidden sm:flex'}`}
          >
            {crumb.href ? (
              <>
                <Link href={crumb.href} className="truncate rounded-sm text-muted hover:text-fg">
                  {crumb.label}
                </Link>
                <span aria-hidden className="text-faint">
                  /
                </span>
              </>
            ) : (
              <span aria-current="page" className="truncate font-medium">
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
