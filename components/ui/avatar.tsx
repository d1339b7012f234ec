import { cn } from './cn';

const SIZES = { sm: 'size-5 text-[9px]', md: 'size-6 text-2xs', lg: 'size-8 text-xs' } as const;

/** Initials: first letters of the first and last word, of the part before the @ for an address. */
export function initialsOf(name: string): string {
  const words = name
    .split('@')[0]!
    .split(/[\s._-]+/)
    .filter(Boolean);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined].map(
    (word) => [...(word ?? '')][0],
  );
  return letters.filter(Boolean).join('').toUpperCase() || '?';
}

export interface AvatarProps {
  name: string;
  size?: keyof typeof SIZES;
  className?: string;
}

/** A person, as initials. Decorative: the name stands beside it or in its title. */
export function Avatar({ name, size = 'md', className }: AvatarProps) {
  return (
    <span
      title={name}
      className={cn(
        'inline-flex shrink-0 select-none items-center justify-center rounded-full bg-accent-soft align-middle font-semibold text-accent-fg',
        SIZES[size],
        className,
      )}
    >
      <span aria-hidden>{initialsOf(name)}</span>
    </span>
  );
}
