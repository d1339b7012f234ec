'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button';
import { IconButton } from './icon-button';
import { toastError } from './toast';

/** Copies; on plain-http pages, where the browser withholds the clipboard, through a selection. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (!copied) throw new Error('The browser did not allow it. Select the text and copy it by hand.');
}

export interface CopyButtonProps {
  /** What goes to the clipboard. */
  text: string;
  /** What it is: "Copy DSN". */
  label?: string;
  /** With words instead of only the icon. */
  showLabel?: boolean;
  size?: 'sm' | 'md';
  variant?: ButtonProps['variant'];
  className?: string;
}

/** Copies a text and says so for two seconds. */
export function CopyButton({
  text,
  label = 'Copy',
  showLabel = false,
  size = 'sm',
  variant,
  className,
}: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const icon = copied ? <Check className="size-4 text-success-fg" /> : <Copy />;
  const onClick = () =>
    copyText(text).then(
      () => setCopied(true),
      (cause) => toastError(cause, 'Not copied'),
    );

  return (
    <>
      {showLabel ? (
        <Button size={size} variant={variant} icon={icon} onClick={onClick} className={className}>
          {copied ? 'Copied' : label}
        </Button>
      ) : (
        <IconButton
          label={copied ? 'Copied' : label}
          size={size}
          variant={variant}
          icon={icon}
          onClick={onClick}
          className={className}
        />
      )}
      <span aria-live="polite" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
