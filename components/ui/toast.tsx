'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner, toast as sonner } from 'sonner';

/** Once, in the root layout. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      gap={8}
      expand
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-(--width) items-center gap-3 rounded-md bg-raised px-3 py-2.5 text-fg text-sm font-sans shadow-float',
          content: 'min-w-0 flex-1',
          title: 'font-medium',
          description: 'text-muted text-xs',
          icon: 'shrink-0 [&_svg]:size-4',
          actionButton:
            'shrink-0 rounded-sm px-2 py-0.5 font-medium text-accent-fg hover:bg-hover transition-colors outline-offset-0',
          success: '[&_[data-icon]]:text-success-fg',
          error: '[&_[data-icon]]:text-critical-fg',
        },
      }}
    />
  );
}

/** Tells that something was done. */
export const toastDone = (message: string, description?: string) => sonner.success(message, { description });

/** Tells what failed and why: pass the `ApiError`, or words. */
export const toastError = (problem: unknown, title = 'That did not work') =>
  sonner.error(title, {
    description: problem instanceof Error ? problem.message : String(problem),
    duration: 8000,
  });

/** Tells what was done and offers to take it back for ten seconds, instead of asking first. */
export const toastUndo = (message: string, onUndo: () => void) =>
  sonner(message, { duration: 10_000, action: { label: 'Undo', onClick: onUndo } });
