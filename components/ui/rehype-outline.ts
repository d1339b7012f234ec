import GithubSlugger from 'github-slugger';
import type { ExtraProps } from 'react-markdown';

type Element = NonNullable<ExtraProps['node']>;
type Child = Element['children'][number];
type Node = Child | { type: 'root'; children: Child[] } | { type: string; value?: string; children?: Child[] };

/** The words in some nodes, without their markup. */
export const textOf = (nodes: readonly Child[]): string =>
  nodes
    .map((node) => (node.type === 'text' ? node.value : node.type === 'element' ? textOf(node.children) : ''))
    .join('');

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  if ('children' in node) for (const child of node.children ?? []) walk(child, visit);
}

/** HTML in Markdown becomes the text it is written as: shown, not run, and not lost. Goes before the sanitiser. */
export const rehypeHtmlAsText = () => (tree: Node) =>
  walk(tree, (node) => {
    if (node.type === 'raw') node.type = 'text';
  });

export interface OutlineOptions {
  /** Level of the heading the text stands under; its own headings begin one below. */
  under: number;
  /** Whether headings get GitHub's ids. */
  ids: boolean;
}

/**
 * Headings that fit under the page's own: moved down, and never skipping a level, so that the outline can be walked. Goes
 * after the sanitiser, which would prefix the ids.
 */
export const rehypeOutline =
  ({ under, ids }: OutlineOptions) =>
  (tree: Node) => {
    const slugger = new GithubSlugger();
    /** Written levels of the headings that the next one may stand beneath. */
    const open: number[] = [];
    walk(tree, (node) => {
      if (node.type !== 'element' || !('tagName' in node) || !/^h[1-6]$/.test(node.tagName)) return;
      const written = Number(node.tagName[1]);
      // Siblings stay siblings, whatever level they were written at.
      while (open.length > 0 && (open.at(-1) ?? 0) >= written) open.pop();
      open.push(written);
      node.tagName = `h${Math.min(6, under + open.length)}`;
      if (ids) node.properties.id = slugger.slug(textOf(node.children));
    });
  };
