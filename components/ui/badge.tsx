import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

/** Meaning has one colour each: see the styleguide. Never colour alone: a badge always has words. */
export const TONES = ['neutral', 'accent', 'critical', 'error', 'warning', 'info', 'success', 'violet'] as const;
export type Tone = (typeof TONES)[number];

export const TONE_TEXT: Record<Tone, string> = {
  neutral: 'text-muted',
  accent: 'text-accent-fg',
  critical: 'text-critical-fg',
  error: 'text-error-fg',
  warning: 'text-warning-fg',
  info: 'text-info-fg',
  success: 'text-success-fg',
  violet: 'text-violet-fg',
};

export const TONE_FILL: Record<Tone, string> = {
  neutral: 'bg-neutral',
  accent: 'bg-accent',
  critical: 'bg-critical',
  error: 'bg-error',
  warning: 'bg-warning',
  info: 'bg-info',
  success: 'bg-success',
  violet: 'bg-violet',
};

const badgeVariants = cva(
  'inline-flex h-5 shrink-0 items-center gap-1 align-middle whitespace-nowrap rounded-sm px-1.5 font-medium text-2xs [&_svg]:size-3 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        neutral: 'bg-hover text-muted',
        accent: 'bg-accent-soft text-accent-fg',
        critical: 'bg-critical-soft text-critical-fg',
        error: 'bg-error-soft text-error-fg',
        warning: 'bg-warning-soft text-warning-fg',
        info: 'bg-info-soft text-info-fg',
        success: 'bg-success-soft text-success-fg',
        violet: 'bg-violet-soft text-violet-fg',
      },
      quiet: { true: 'border border-line bg-transparent text-muted' },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export interface BadgeProps extends ComponentProps<'span'>, VariantProps<typeof badgeVariants> {
  icon?: ReactNode;
  /** A coloured dot before the words; with `quiet` the only colour. */
  dot?: boolean;
}

/** A state or a kind in one or two words. `quiet` is an outlined one for tags and services. */
export function Badge({ tone, quiet, icon, dot = false, className, children, ...props }: BadgeProps) {
  return (
    <span className={cn(badgeVariants({ tone, quiet }), className)} {...props}>
      {dot ? <span aria-hidden className={cn('size-1.5 rounded-full', TONE_FILL[tone ?? 'neutral'])} /> : icon}
      {children}
    </span>
  );
}
