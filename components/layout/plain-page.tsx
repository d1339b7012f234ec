import type { ReactNode } from 'react';
import { cn } from '../ui/cn';
import { Logo } from './logo';

export interface PlainPageProps {
  title: string;
  description?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A page without the shell: sign-in, invitation, set-up. */
export function PlainPage({ title, description, wide = false, children }: PlainPageProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-10 sm:py-[12vh]">
      <div className={cn('w-full', wide ? 'max-w-2xl' : 'max-w-[360px]')}>
        <Logo />
        <h1 className="mt-8 font-semibold text-lg tracking-[-0.01em]">{title}</h1>
        {description ? <p className="mt-1 text-muted text-sm">{description}</p> : null}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}
