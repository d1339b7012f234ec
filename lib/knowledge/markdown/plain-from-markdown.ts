/** What plain text was before the guide's writer made Markdown of it. */

/** Without the backslashes that keep a mark from being read as Markdown. */
export const plainOf = (markdown: string): string => markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');

/** What stands in a code span that is all of the text; null when it is none. */
export function codeOf(text: string): string | null {
  const mark = /^`+/.exec(text)?.[0];
  if (!mark || text.includes('\n') || text.length < 2 * mark.length + 1 || !text.endsWith(mark)) return null;
  const inside = text.slice(mark.length, -mark.length);
  if (inside.startsWith('`') || inside.endsWith('`')) return null;
  const padded = inside.length > 2 && inside.startsWith(' ') && inside.endsWith(' ') && inside.trim() !== '';
  return padded ? inside.slice(1, -1) : inside;
}

/** What a code block that is all of the text holds; null when it is none. */
export function codeBlockOf(text: string): string | null {
  const lines = text.split('\n');
  const fence = /^`{3,}$/.exec(lines[0] ?? '')?.[0];
  return fence && lines.length > 2 && lines.at(-1) === fence ? lines.slice(1, -1).join('\n') : null;
}

/** Address of a link in angle brackets; null for anything else. */
export const addressOf = (text: string): string | null => /^<(https?:\/\/[^\s<>]+)>$/.exec(text)?.[1] ?? null;

/** Items of a list whose markers stand at the margin, each without its indent. Text before the first item comes first. */
export function listItemsOf(text: string): { lead: string; items: string[] } {
  const items: string[][] = [];
  const lead: string[] = [];
  for (const line of text.split('\n')) {
    if (/^-(?: |$)/.test(line)) items.push([line.slice(2)]);
    else (items.at(-1) ?? lead).push(items.length > 0 && line.startsWith('  ') ? line.slice(2) : line);
  }
  return { lead: lead.join('\n').trim(), items: items.map((lines) => lines.join('\n').trimEnd()) };
}
