import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

const TONES = {
  critical: { icon: CircleAlert, classes: 'bg-critical-soft text-critical-fg' },
  warning: { icon: TriangleAlert, classes: 'bg-warning-soft text-warning-fg' },
  info: { icon: Info, classes: 'bg-info-soft text-info-fg' },
  success: { icon: CircleCheck, classes: 'bg-success-soft text-success-fg' },
} as const;

export interface AlertProps {
  tone?: keyof typeof TONES;
  children: ReactNode;
  /** At the right: a small button. */
  action?: ReactNode;
  className?: string;
}

/** A line that matters to the whole form or page. */
export function Alert({ tone = 'info', children, action, className }: AlertProps) {
  const { icon: Icon, classes } = TONES[tone];
  return (
    <div
      role={tone === 'critical' ? 'alert' : undefined}
      className={cn('flex items-start gap-2 rounded-md px-3 py-2 text-sm', classes, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
