import { cn } from '../ui/cn';
import { crashFreeTone, formatCrashFree } from './crash-free';

const CLASSES = { success: 'text-success-fg', warning: 'text-warning-fg', critical: 'text-critical-fg' } as const;

/** Share of sessions without a crash; a dash without sessions. */
export function CrashFreeRate({ rate, className }: { rate: number | null; className?: string }) {
  if (rate === null) {
    return (
      <span className={cn('text-faint', className)} title="No sessions in this period">
        –
      </span>
    );
  }
  return <span className={cn('tabular-nums', CLASSES[crashFreeTone(rate)], className)}>{formatCrashFree(rate)}</span>;
}
