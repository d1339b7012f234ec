'use client';

import type { ComponentProps, ReactNode } from 'react';
import { Button, type ButtonProps } from './button';
import { cn } from './cn';
import { Tooltip, type TooltipProps } from './tooltip';

const SIZES = { sm: 'size-6', md: 'size-8', lg: 'size-9' } as const;

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'title'> {
  /** Name for screen readers, and the tooltip. */
  label: string;
  icon: ReactNode;
  variant?: ButtonProps['variant'];
  size?: keyof typeof SIZES;
  loading?: boolean;
  tooltipSide?: TooltipProps['side'];
  shortcut?: readonly string[];
}

/** A button that is only an icon; its label is its tooltip. */
export function IconButton({
  label,
  icon,
  variant = 'ghost',
  size = 'md',
  tooltipSide,
  shortcut,
  className,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip content={label} side={tooltipSide} shortcut={shortcut}>
      <Button
        aria-label={label}
        variant={variant}
        icon={icon}
        className={cn('p-0', SIZES[size], className)}
        {...props}
      />
    </Tooltip>
  );
}
