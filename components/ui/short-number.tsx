import { formatExact, formatShort } from './format';

export interface ShortNumberProps {
  value: number;
  className?: string;
}

/** `12.4k`, with every digit on hover. */
export function ShortNumber({ value, className }: ShortNumberProps) {
  const short = formatShort(value);
  const exact = formatExact(value);
  return (
    <span className={`tabular-nums ${className ?? ''}`} title={short === exact ? undefined : exact}>
      {short}
    </span>
  );
}
