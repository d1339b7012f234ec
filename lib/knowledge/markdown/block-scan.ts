/** What matters of a Markdown text when it is put into a larger one. Line numbers count from 0. */
export interface BlockScan {
  headings: { line: number; endLine: number; level: number; words: string }[];
  /** Fence of a code block that is still open at the end. */
  openFence: string | null;
  /** Lines where HTML begins that nothing ends; they are read as words, which they are once that mark is escaped. */
  openHtml: number[];
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.*)|)$/;
const SETEXT = /^ {0,3}(?:(=+)|-+)[ \t]*$/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const FENCE = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:([ \t]+)(?=\S)|[ \t]*$)/;
const QUOTE = /^ {0,3}>/;
const TAG = /^ {0,3}<\/?[a-z][a-z0-9-]*(?=[\s/>]|$)/i;
/** Tags that begin an HTML block even in the middle of a paragraph. */
const BLOCK_TAG =
  /^ {0,3}<\/?(?:address|article|aside|blockquote|body|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?=[\s/>]|$)/i;
/** HTML that ends with its own mark, not with a blank line. */
const ENDLESS: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![a-z]/i, />/],
  [/^ {0,3}<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
];

/**
 * Finds the headings of a text's top level and what it leaves open, line by line in linear time: a Markdown parser takes
 * quadratic time on some texts. Lists and quotations end by themselves in a larger document, so what is in them is skipped.
 */
export function scanBlocks(lines: readonly string[]): BlockScan {
  const headings: BlockScan['headings'] = [];
  let fence: string | null = null;
  let html: { end: RegExp | null } | null = null;
  const openHtml: number[] = [];
  const ends = new Map(ENDLESS.map(([, end]) => [end, lines.findLastIndex((line) => end.test(line))]));
  /** First line of a paragraph at the top level. */
  let paragraph: number | null = null;
  /** Column where the text of the current list item starts; 0 outside a list. */
  let item = 0;
  /** A paragraph inside a list or quotation runs on without its indent. */
  let lazy = false;

  for (const [at, line] of lines.entries()) {
    if (fence) {
      if (closes(line, fence)) fence = null;
      continue;
    }
    if (html) {
      if (html.end ? html.end.test(line) : line.trim() === '') html = null;
      continue;
    }
    if (line.trim() === '') {
      paragraph = null;
      lazy = false;
      continue;
    }
    const indent = indentOf(line);
    if (item > 0 && indent >= item) {
      lazy = true;
      continue;
    }
    const atx = ATX.exec(line);
    const setext = paragraph === null ? null : SETEXT.exec(line);
    const opens = FENCE.exec(line);
    const begun = ENDLESS.find(([start]) => start.test(line));
    const ended = begun?.[1].test(line.slice(line.indexOf('<') + 2)) ?? false;
    const isOpen = begun !== undefined && !ended && (ends.get(begun[1]) ?? 0) <= at;
    if (isOpen) openHtml.push(at);
    const endless = isOpen ? undefined : begun;
    const marker = RULE.test(line) || (paragraph !== null && !interrupts(line)) ? null : ITEM.exec(line);
    const starts = atx || opens || endless || RULE.test(line) || marker || QUOTE.test(line) || BLOCK_TAG.test(line);
    if (setext && paragraph !== null) {
      const words = lines.slice(paragraph, at).map((each) => each.trim());
      headings.push({ line: paragraph, endLine: at, level: setext[1] ? 1 : 2, words: words.join(' ') });
      paragraph = null;
      continue;
    }
    if (!starts) {
      if (paragraph !== null || lazy) continue;
      item = 0;
      if (TAG.test(line) && !isOpen) html = { end: null };
      else if (indent < 4) paragraph = at;
      continue;
    }
    paragraph = null;
    lazy = false;
    item = 0;
    if (atx) headings.push({ line: at, endLine: at, level: atx[1]?.length ?? 1, words: withoutClosing(atx[2] ?? '') });
    else if (opens) fence = opens[1] ?? opens[2] ?? null;
    else if (endless) html = ended ? null : { end: endless[1] };
    else if (marker) {
      item = itemColumn(marker[0], marker[1]);
      lazy = isProse(line.slice(marker[0].length));
    } else if (BLOCK_TAG.test(line)) html = { end: null };
    else lazy = QUOTE.test(line) && isProse(line.replace(/^ {0,3}>[ >]*/, ''));
  }
  return { headings, openFence: fence, openHtml };
}

/** An item without words, or one that does not count from 1, goes on with the paragraph before it. */
const interrupts = (line: string): boolean => /^ {0,3}(?:[-*+]|0{0,8}1[.)])[ \t]+\S/.test(line);

/** Words that a following line without indent would go on. */
const isProse = (text: string): boolean =>
  text.trim() !== '' && !ATX.test(text) && !FENCE.test(text) && !RULE.test(text);

function closes(line: string, fence: string): boolean {
  const mark = line.trim();
  return indentOf(line) < 4 && mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length);
}

/** Columns of white space before the text; a tab reaches to the next multiple of four. */
function indentOf(line: string): number {
  let column = 0;
  for (const character of line) {
    if (character === ' ') column += 1;
    else if (character === '\t') column += 4 - (column % 4);
    else break;
  }
  return column;
}

/** Where an item's text starts: one column after the marker when code (five spaces on) or nothing follows. */
function itemColumn(marker: string, space: string | undefined): number {
  const bare = marker.trimEnd().length;
  const gap = space === undefined ? 0 : indentOf(space);
  return bare + (gap >= 1 && gap <= 4 ? gap : 1);
}

/** The words of a marked heading without the marks that may close it. */
function withoutClosing(words: string): string {
  const trimmed = words.trim();
  let end = trimmed.length;
  while (trimmed.charAt(end - 1) === '#') end -= 1;
  const rest = trimmed.slice(0, end);
  return rest === '' || /[ \t]$/.test(rest) ? rest.trim() : trimmed;
}
