import type { ComponentProps } from 'react';
import { cn } from './cn';
import { controlClasses } from './input';

/** Several lines of text; `mono` for code and error text. Grows with its content where the browser can. */
export function Textarea({ mono = false, className, ...props }: ComponentProps<'textarea'> & { mono?: boolean }) {
  return (
    <textarea
      className={cn(
        controlClasses,
        'field-sizing-content block min-h-20 px-2.5 py-1.5',
        mono && 'font-mono text-xs leading-5',
        className,
      )}
      {...props}
    />
  );
}
