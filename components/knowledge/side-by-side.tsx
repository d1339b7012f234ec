import { diffLines } from 'diff';
import { cn } from '../ui/cn';

interface Row {
  left: string | null;
  right: string | null;
  same: boolean;
}

/** Two versions of a text beside each other, line against line. */
export function SideBySide({ before, after }: { before: string; after: string }) {
  const rows = pairs(before, after);
  return (
    <div className="overflow-x-auto rounded-md border border-line bg-sunken py-1.5 text-xs leading-5">
      {rows.map((row, index) => (
        <div key={index} className="grid grid-cols-2 divide-x divide-line">
          <Cell
            text={row.left}
            className={row.same ? '' : 'bg-critical-soft text-critical-fg'}
            word="removed"
            same={row.same}
          />
          <Cell
            text={row.right}
            className={row.same ? '' : 'bg-success-soft text-success-fg'}
            word="added"
            same={row.same}
          />
        </div>
      ))}
    </div>
  );
}

function Cell({
  text,
  className,
  word,
  same,
}: {
  text: string | null;
  className: string;
  word: string;
  same: boolean;
}) {
  return (
    <pre className={cn('whitespace-pre-wrap break-words px-3', text !== null && className)}>
      {same || text === null ? null : <span className="sr-only">{word}: </span>}
      {text === null ? ' ' : text || ' '}
    </pre>
  );
}

/** Lines that stand against each other; removed and added ones of one place are paired. */
function pairs(before: string, after: string): Row[] {
  const rows: Row[] = [];
  let removed: string[] = [];
  const flush = () => {
    for (const left of removed) rows.push({ left, right: null, same: false });
    removed = [];
  };
  for (const part of diffLines(before, after)) {
    const lines = part.value.replace(/\n$/, '').split('\n');
    if (part.removed) removed.push(...lines);
    else if (part.added)
      for (const [at, right] of lines.entries()) {
        rows.push({ left: removed.shift() ?? null, right, same: false });
        if (at === lines.length - 1) flush();
      }
    else {
      flush();
      for (const text of lines) rows.push({ left: text, right: text, same: true });
    }
  }
  flush();
  return rows;
}
