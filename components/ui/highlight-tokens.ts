/** A stretch of code with the class names highlight.js gave it. */
export interface CodeToken {
  text: string;
  className: string;
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

const decode = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity]!);

/**
 * What highlight.js returns, as data: its output holds only `<span class="…">`, `</span>` and five entities. Read this
 * way it becomes React text, and no markup of ours or of the code is ever put into the page as HTML.
 */
export function readTokens(html: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  const open: string[] = [];
  let position = 0;
  while (position < html.length) {
    const next = html.indexOf('<', position);
    const end = next < 0 ? html.length : next;
    if (end > position) tokens.push({ text: decode(html.slice(position, end)), className: open.at(-1) ?? '' });
    if (next < 0) break;
    const close = html.indexOf('>', next);
    const tag = html.slice(next, close + 1);
    if (tag === '</span>') open.pop();
    else open.push(tag.slice('<span class="'.length, -'">'.length));
    position = close + 1;
  }
  return tokens;
}
