import { TONE_FILL, type Tone } from './badge';
import { cn } from './cn';

export interface ProgressProps {
  /** 0 to 1; null while it cannot be told. */
  value: number | null;
  label: string;
  tone?: Tone;
  className?: string;
}

/** A 4 px bar. */
export function Progress({ value, label, tone = 'accent', className }: ProgressProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className={cn('h-1 w-full overflow-hidden rounded-full bg-line', className)}
    >
      <div
        className={cn(
          'h-full rounded-full transition-[width]',
          TONE_FILL[tone],
          share === null && 'w-1/3 animate-pulse',
        )}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
