import type { List, Nodes } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { parseMarkdown } from '../knowledge/markdown/syntax-tree';

const LIMITS = { items: 200, text: 500 };

/** One thing to do, with the heading it stands under. */
export interface ListedItem {
  text: string;
  group: string;
}

/**
 * What a guide section asks to do: its task-list items (`- [ ] …`), or where it has none, the items of its lists (best
 * practices). Words only, at most 200.
 */
export function checklistItems(body: string): ListedItem[] {
  const found: (ListedItem & { isTask: boolean })[] = [];
  let group = '';
  const visit = (node: Nodes): void => {
    if (node.type === 'heading') group = plainText(node).trim();
    else if (node.type === 'list') takeItems(node, group, found);
    else if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(parseMarkdown(body).tree);
  const tasks = found.filter(({ isTask }) => isTask);
  return (tasks.length > 0 ? tasks : found)
    .slice(0, LIMITS.items)
    .map(({ text, group: under }) => ({ text, group: under }));
}

function takeItems(list: List, group: string, found: (ListedItem & { isTask: boolean })[]): void {
  for (const item of list.children) {
    const inner = item.children.filter((child): child is List => child.type === 'list');
    const text = item.children
      .filter((child) => child.type === 'paragraph')
      .map((child) => plainText(child))
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim();
    const isTask = typeof item.checked === 'boolean';
    // An item above others names them: `Database:` with three tasks beneath.
    const isName = inner.length > 0 && !isTask;
    if (text !== '' && !isName) found.push({ text: text.slice(0, LIMITS.text), group, isTask });
    for (const nested of inner) takeItems(nested, isName && text !== '' ? text.replace(/:$/, '') : group, found);
  }
}
