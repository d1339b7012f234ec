import type { Nodes } from 'mdast';
import type { StatusHint } from './heading-shape';
import type { ImportWarning, MarkdownSource } from './syntax-tree';

interface Numbered {
  number: string | null;
  title: string;
  line: number;
  status: StatusHint;
}

/** What a careful reader would ask the author about. */
export function documentWarnings(source: MarkdownSource, entries: readonly Numbered[]): ImportWarning[] {
  return [...openFences(source), ...repeatedNumbers(entries), ...contradictions(source, entries)];
}

function openFences(source: MarkdownSource): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'code' && node.position) {
      const { start, end } = node.position;
      const fence = /^(`{3,}|~{3,})/.exec(source.lines[start.line - 1]?.slice(start.column - 1) ?? '')?.[1];
      const last = source.lines[end.line - 1]?.replace(/^[\s>]*/, '').trim() ?? '';
      if (fence && (end.line === start.line || !last.startsWith(fence) || last.replaceAll(fence[0]!, '') !== ''))
        warnings.push({
          line: start.line,
          message: 'a code block without an end; everything after it was read as code',
        });
    }
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(source.tree);
  return warnings;
}

function repeatedNumbers(entries: readonly Numbered[]): ImportWarning[] {
  const first = new Map<string, Numbered>();
  return entries.flatMap((entry) => {
    if (entry.number === null) return [];
    const before = first.get(entry.number);
    if (!before) first.set(entry.number, entry);
    return before
      ? [
          {
            line: entry.line,
            message: `number ${entry.number} is used twice, first on line ${before.line}; kept as two entries`,
          },
        ]
      : [];
  });
}

/** `13/13 resolved` above an entry that is still in progress. */
function contradictions(source: MarkdownSource, entries: readonly Numbered[]): ImportWarning[] {
  const open = entries.filter((entry) => entry.status === 'in_progress');
  if (open.length === 0) return [];
  return source.lines.flatMap((line, at) => {
    const count =
      /\bresolved\b[^\n\d]{0,20}(\d{1,5})\s?\/\s?(\d{1,5})\b|\b(\d{1,5})\s?\/\s?(\d{1,5})\b[^\n\d]{0,20}\bresolved\b/i.exec(
        line.slice(0, 500),
      );
    const [done, all] = count ? [count[1] ?? count[3], count[2] ?? count[4]] : [];
    if (done === undefined || done !== all) return [];
    const names = open.map((entry) => `"${entry.title}" (line ${entry.line})`).join(', ');
    return [{ line: at + 1, message: `says ${done}/${all} resolved, but in progress: ${names}` }];
  });
}
