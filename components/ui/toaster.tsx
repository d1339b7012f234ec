'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster as Sonner, toast } from 'sonner';

export interface ToasterProps {
  /** Called once toasts can be shown. */
  onReady: (sonner: typeof toast) => void;
}

/** Where toasts stand. `toast.tsx` loads it after the page. */
export function Toaster({ onReady }: ToasterProps) {
  const { resolvedTheme } = useTheme();
  useEffect(() => onReady(toast), [onReady]);
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
