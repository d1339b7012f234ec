import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** One reason in a list of them: what kind it is, a line that names it, and the words it rests on. */
export function ReasonItem({
  icon: Icon,
  title,
  children,
}: {
  icon: LucideIcon;
  title: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <div className="text-xs">{title}</div>
        <div className="mt-0.5 break-words text-muted text-xs leading-5">{children}</div>
      </div>
    </li>
  );
}
