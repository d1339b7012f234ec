import type { PreventionItem } from '../entry-schema';
import { itemPieces, joinPieces, type Piece } from './outline';
import type { MarkdownSource } from './syntax-tree';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

export interface DateReading {
  /** `YYYY-MM-DD`. */
  date: string;
  /** The date was all that stood there, in this very form. */
  exact: boolean;
}

/** The first date in a text, as `2024-01-15`, `October 13, 2025`, `13 Oct 2025` or `2024/1/15`; null without one that exists. */
export function readDate(text: string): DateReading | null {
  const head = text.trim().slice(0, 200);
  const iso = /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/.exec(head);
  if (iso) return dated(head, iso[1]!, Number(iso[2]), iso[3]!);
  const named = /\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/.exec(head);
  if (named) return dated(head, named[3]!, monthOf(named[1]!), named[2]!);
  const european = /\b(\d{1,2})(?:st|nd|rd|th|\.)? ([A-Za-z]{3,9})\.?,? (\d{4})\b/.exec(head);
  return european ? dated(head, european[3]!, monthOf(european[2]!), european[1]!) : null;
}

const monthOf = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

function dated(text: string, year: string, month: number, day: string): DateReading | null {
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  // A day that does not exist (30 February) would come back as another one.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) return null;
  return { date, exact: text === date };
}

const UNIT_MINUTES: readonly (readonly [RegExp, number])[] = [
  [/^m(?:in(?:ute)?s?)?$/i, 1],
  [/^h(?:(?:ou)?rs?)?$/i, 60],
  [/^d(?:ays?)?$/i, 1440],
  [/^w(?:eeks?)?$/i, 10_080],
];

/** Whole minutes in `45 minutes`, `~1.5 hours once found`, `2h 30m`; null when no duration is named. */
export function readMinutes(text: string): number | null {
  let total: number | null = null;
  for (const [, amount, unit] of text.slice(0, 200).matchAll(/(\d{1,5}(?:[.,]\d{1,2})?)\s*([a-z]{1,8})\b/gi)) {
    const factor = UNIT_MINUTES.find(([pattern]) => pattern.test(unit!))?.[1];
    if (factor === undefined) {
      if (total !== null) break;
      continue;
    }
    total = (total ?? 0) + Number(amount!.replace(',', '.')) * factor;
  }
  return total === null ? null : Math.round(total);
}

/** The resolution time that a text names as such, in minutes. */
export function findResolutionTime(text: string): number | null {
  const found =
    /(?:resolution time|time to (?:resolve|fix|resolution)|fix time|resolved in)[*_:\s]{0,8}([^\n]{1,80})/i.exec(text);
  return found ? readMinutes(found[1]!) : null;
}

/** List items, one each; any other text is an item of its own. Checked boxes and leading check marks are done. */
export function readPrevention(source: MarkdownSource, pieces: readonly Piece[]): PreventionItem[] {
  const items: PreventionItem[] = [];
  for (const piece of pieces) {
    if (piece.node?.type === 'list') {
      for (const item of piece.node.children) {
        const text = joinPieces(itemPieces(source, item)).trim();
        if (text !== '') items.push({ text, done: item.checked === true || /^(?:✅|☑|✔)/.test(text) });
      }
    } else if (piece.text.trim() !== '' && piece.node?.type !== 'thematicBreak') {
      const last = items.at(-1);
      if (piece.node?.type === 'code' && last) last.text += `\n\n${piece.text}`;
      else items.push({ text: piece.text.trim(), done: false });
    }
  }
  return items;
}

/** List items, or comma-separated words on one line; null where it is prose that must stay whole. */
export function readItems(source: MarkdownSource, pieces: readonly Piece[], options: { commas: boolean }): string[] {
  return pieces.flatMap((piece) => {
    if (piece.node?.type === 'thematicBreak') return [];
    if (piece.node?.type === 'list')
      return piece.node.children.map((item) => joinPieces(itemPieces(source, item)).trim()).filter(Boolean);
    const text = piece.text.trim();
    const parts = text.split(/\s*,\s*/);
    const short = options.commas && !text.includes('\n') && parts.every((part) => part.split(/\s+/).length <= 3);
    return short ? parts.filter(Boolean) : [text].filter(Boolean);
  });
}
