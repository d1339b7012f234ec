import type { Highlighted } from '@/lib/search/highlight';

/** Plain text with its hits marked; what comes from a stranger stays text. */
export function MarkedText({ text, ranges }: Highlighted) {
  const parts: React.ReactNode[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    parts.push(text.slice(at, from));
    parts.push(
      <mark key={from} className="rounded-sm bg-accent-soft text-inherit">
        {text.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}
