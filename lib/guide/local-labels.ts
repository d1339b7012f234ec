import type { Nodes } from 'mdast';
import { parseMarkdown } from '../knowledge/markdown/syntax-tree';

/** `[label]: address` or `[^note]: text` at the start of a line. */
const DEFINITION = /^[ >]{0,8}\[(\^?[^\]\n\\]{1,200})\]:/gm;

/** Labels that these texts define for links and footnotes. */
export const definedLabels = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(DEFINITION)].map(([, label]) => label ?? ''))),
];

interface Edit {
  line: number;
  from: number;
  to: number;
  text: string;
}

/**
 * Gives link and footnote labels a name of their own, for in one document the first definition of a label would win for all.
 * What has that name already stays, so doing it twice changes nothing.
 * @param labels those to rename. @param owner e.g. `error-012`.
 */
export function localLabels(markdown: string, labels: readonly string[], owner: string): string {
  const suffix = `-${owner}`;
  const renamed = labels.filter((label) => !label.toLowerCase().endsWith(suffix));
  if (renamed.length === 0 || !renamed.some((label) => markdown.includes(`[${label}]`))) return markdown;
  // A reference is only read as one beside its definition, which may stand in another field of the entry.
  const source = parseMarkdown(`${markdown}\n\n${renamed.map((label) => `[${label}]: x`).join('\n')}`);
  const own = markdown.split('\n').length;
  const edits: Edit[] = [];
  const visit = (node: Nodes): void => {
    const { start, end } = node.position ?? {};
    if (start && end && start.line <= own && 'identifier' in node && !source.masked.has(start.line)) {
      const line = source.lines[end.line - 1] ?? '';
      const isDefinition = node.type === 'definition' || node.type === 'footnoteDefinition';
      const label =
        node.type === 'footnoteReference' || node.type === 'footnoteDefinition' ? `^${node.label}` : node.label;
      if (typeof label === 'string' && renamed.some((each) => same(each, label))) {
        const first = source.lines[start.line - 1] ?? '';
        const written = `[${label}]`;
        if (isDefinition && first.startsWith(written, start.column - 1))
          edits.push({ ...at(start.line, start.column, written.length), text: `[${label}${suffix}]` });
        else if (node.type === 'footnoteReference')
          edits.push({ ...at(end.line, end.column - written.length, written.length), text: `[${label}${suffix}]` });
        else if (node.type === 'linkReference' || node.type === 'imageReference') {
          const length = { full: written.length, collapsed: 2, shortcut: 0 }[node.referenceType];
          if (node.referenceType !== 'full' || line.slice(0, end.column - 1).endsWith(written))
            edits.push({ ...at(end.line, end.column - length, length), text: `[${label}${suffix}]` });
        }
      }
    }
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(source.tree);
  return applied(markdown, edits);
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
const at = (line: number, column: number, length: number) => ({ line, from: column - 1, to: column - 1 + length });

function applied(text: string, edits: readonly Edit[]): string {
  const lines = text.split('\n');
  for (const edit of [...edits].sort((a, b) => b.line - a.line || b.from - a.from)) {
    const line = lines[edit.line - 1];
    if (line !== undefined) lines[edit.line - 1] = line.slice(0, edit.from) + edit.text + line.slice(edit.to);
  }
  return lines.join('\n');
}
