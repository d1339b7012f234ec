import { diffLines, diffWordsWithSpace } from 'diff';
import { cn } from '../ui/cn';

/** Longer texts are compared by whole lines only: words would take too long. */
const WORD_LIMIT = 20_000;
/** Unchanged lines kept around a change. */
const CONTEXT = 3;

interface Line {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Two versions of a text, line by line; a long unchanged stretch is folded. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  if (!before.includes('\n') && !after.includes('\n') && before.length + after.length < WORD_LIMIT)
    return <WordDiff before={before} after={after} />;
  const lines = diffLines(before, after).flatMap((part): Line[] =>
    part.value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ kind: part.added ? 'added' : part.removed ? 'removed' : 'same', text })),
  );
  return (
    <pre className="overflow-x-auto rounded-md border border-line bg-sunken py-1.5 text-xs leading-5">
      {lines.map((line, index) =>
        isFar(lines, index) ? (
          isFar(lines, index - 1) && index > 0 ? null : (
            <span key={index} className="block px-3 text-faint">
              …
            </span>
          )
        ) : (
          <span
            key={index}
            className={cn(
              'block whitespace-pre-wrap break-words px-3',
              line.kind === 'added' && 'bg-success-soft text-success-fg',
              line.kind === 'removed' && 'bg-critical-soft text-critical-fg',
            )}
          >
            <span aria-hidden className="mr-2 select-none">
              {line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ' '}
            </span>
            {line.kind === 'same' ? null : <span className="sr-only">{line.kind}: </span>}
            {line.text || ' '}
          </span>
        ),
      )}
    </pre>
  );
}

/** An unchanged line with no change near. */
function isFar(lines: readonly Line[], index: number): boolean {
  if (index < 0 || lines.length < 12) return false;
  return lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).every((line) => line.kind === 'same');
}

function WordDiff({ before, after }: { before: string; after: string }) {
  return (
    <p className="whitespace-pre-wrap break-words text-sm">
      {diffWordsWithSpace(before, after).map((part, index) =>
        part.added ? (
          <ins key={index} className="bg-success-soft text-success-fg no-underline">
            {part.value}
          </ins>
        ) : part.removed ? (
          <del key={index} className="bg-critical-soft text-critical-fg">
            {part.value}
          </del>
        ) : (
          part.value
        ),
      )}
    </p>
  );
}
