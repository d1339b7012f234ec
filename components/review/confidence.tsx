import { TONE_TEXT, type Tone } from '../ui/badge';
import { cn } from '../ui/cn';

const toneOf = (confidence: number): Tone => (confidence >= 0.8 ? 'success' : confidence >= 0.55 ? 'info' : 'warning');

/** Chance that a match is right, in words that do not rest on colour. */
export function Confidence({ value, className }: { value: number; className?: string }) {
  return (
    <span
      title={`About ${Math.round(value * 10)} of 10 suggestions like this are right`}
      className={cn('whitespace-nowrap font-medium tabular-nums', TONE_TEXT[toneOf(value)], className)}
    >
      {Math.min(99, Math.round(value * 100))}% likely
    </span>
  );
}
