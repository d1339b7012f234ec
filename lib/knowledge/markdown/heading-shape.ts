import type { Severity } from '../entry-words';

export type StatusHint = 'resolved' | 'in_progress' | null;

/** What the words of a heading say before anything beneath it is read. */
export interface HeadingShape {
  /** Words a list can show: no numbering, marks, emoji. */
  title: string;
  /**
   * `problem`: `Issue: …`, `ERROR-007: …`, `Issue #12: …`; `update`: a later word on a numbered problem;
   * `numbered`: `3. …`; `quoted`: an error text in quotation marks or code; `plain`: anything else.
   */
  kind: 'problem' | 'update' | 'numbered' | 'quoted' | 'plain';
  /** The author's number or code: `12`, `ERROR-007`. */
  number: string | null;
  severity: Severity | null;
  status: StatusHint;
}

const PROBLEM_WORD =
  '(?:known issue|issue|problem|symptom|error|bug|question|q|case|incident|scenario|pitfall|gotcha|failure|exception|trap|fehler|störung|problème|erreur|problema|erro|fallo|проблема|ошибка|问题|错误|問題|錯誤|エラー)';
const WITH_WORD = new RegExp(
  `^${PROBLEM_WORD}\\s*(?:no\\.?\\s*)?#?\\s*(\\d{1,6})?\\s*(?:[:.：–—]|\\s-)\\s*(.+)$`,
  'iu',
);
const WITH_NUMBER = new RegExp(`^${PROBLEM_WORD}\\s*#?\\s*(\\d{1,6})\\s+(.+)$`, 'iu');
const WITH_CODE = /^\[?((?:ERROR|ERR|ISSUE|BUG|INC|INCIDENT|KB|PROBLEM|PROB|FAQ)[-_ ]?\d{1,6})\]?\s*[:.\-–—]?\s*(.+)$/i;
const WITH_HASH = /^#(\d{1,6})[:.)\s–—-]+(.+)$/;
const NUMBERED = /^(\d{1,3}(?:\.\d{1,3}){0,3})[.):]?\s+(?:[-–—]\s+)?(.+)$/;
const UPDATE = /\b(?:update|updated|follow[- ]?up|addendum|revisited|postscript|correction)\b/i;

/** Emoji and pictographs, with the joiners and selectors between them. */
const EMOJI = /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\u200D|\uFE0F|\u20E3)+/gu;
const STATUS_TAIL =
  /\s*[([](?:new|resolved|fixed|solved|open|wip|in progress|updated?|done|closed|pending|new\s*[-–—:][^)\]]{0,60})[)\]]/gi;
const SEVERITY_TAIL = /\s*[([-]?\s*\b(CRITICAL|HIGH|MEDIUM|LOW)\b(?:\s+(?:PRIORITY|SEVERITY))?\s*[)\]]?\s*$/;

export const stripEmoji = (text: string): string =>
  text
    .replace(EMOJI, ' ')
    .replace(/\s{2,}/g, ' ')
    .trim();

export function readHeading(text: string): HeadingShape {
  const status = readStatus(text);
  const severity = readSeverity(text);
  let words = stripEmoji(text)
    .replace(/[*_]{2,}/g, '')
    .trim();
  words = words.replace(STATUS_TAIL, ' ').trim();
  words = words.replace(SEVERITY_TAIL, '').trim();
  words = words.replace(/\s*\b(?:RESOLVED|FIXED|COMPLETED|IN PROGRESS|NEW)\s*$/, '').trim();
  words = words.replace(/^\[(?:x| |resolved|fixed|solved|open)\]\s*/i, '');
  const dated = leadingDate(words);
  if (dated && /\p{L}{2}/u.test(dated.rest)) words = dated.rest;
  const numbered = NUMBERED.exec(words);
  const rest = numbered && !/^\d{3}$/.test(numbered[1]!) ? numbered[2]! : words;
  const problem = WITH_CODE.exec(rest) ?? WITH_WORD.exec(rest);
  const shape = (kind: HeadingShape['kind'], title: string, number: string | null): HeadingShape => ({
    title: tidy(title) || tidy(words) || text.trim(),
    kind,
    number,
    severity,
    status,
  });
  const loose = WITH_NUMBER.exec(rest);
  const reference = problem?.[1] ?? loose?.[1] ?? WITH_HASH.exec(rest)?.[1] ?? null;
  if (reference !== null && UPDATE.test(rest.slice(0, 60))) return shape('update', rest, reference);
  if (problem)
    return shape('problem', problem[2]!, problem[1]?.replace(/^[a-z]+ (?=\d)/i, '') ?? numbered?.[1] ?? null);
  if (loose) return shape('problem', loose[2]!, loose[1]!);
  const hash = WITH_HASH.exec(rest);
  if (hash) return shape('problem', hash[2]!, hash[1]!);
  if (numbered && rest !== words) return shape('numbered', rest, numbered[1]!);
  if (/^(?:["“„«'‘`].{3,}["”“»'’`]\.?|`[^`]{3,}`.*)$/u.test(words)) return shape('quoted', words, null);
  return shape('plain', words, null);
}

const tidy = (title: string): string =>
  title
    .replace(/\s+/g, ' ')
    .replace(/\s*[:：]$/, '')
    .trim();

const IN_PROGRESS =
  /🔄|⏳|🚧|\b(?:in progress|wip|ongoing|unresolved|not (?:yet )?(?:fixed|resolved)|investigating|pending)\b/i;
const RESOLVED = /✅|☑|✔|\b(?:resolved|fixed|solved|completed|closed|done)\b/i;

/** What a status text or a heading says of the state of a problem. An unfinished one outweighs a finished one. */
export function readStatus(text: string): StatusHint {
  const head = text.slice(0, 500);
  if (IN_PROGRESS.test(head)) return 'in_progress';
  return RESOLVED.test(head) ? 'resolved' : null;
}

const SEVERITY_WORDS: readonly (readonly [RegExp, Severity])[] = [
  [/\b(?:critical|blocker|p0|sev-?0|sev-?1|emergency|fatal)\b/i, 'critical'],
  [/\b(?:high|major|p1|sev-?2|severe)\b/i, 'high'],
  [/\b(?:medium|moderate|p2|sev-?3|normal)\b/i, 'medium'],
  [/\b(?:low|minor|p3|p4|sev-?4|trivial)\b/i, 'low'],
];

const SEVERITY_MARKS: readonly (readonly [RegExp, Severity])[] = [
  [/🔴|🚨|⚡/u, 'critical'],
  [/🟠/u, 'high'],
  [/🟡/u, 'medium'],
  [/🟢/u, 'low'],
];

/** The severity that a value such as `🔴 High (P1)` names; the first word decides. */
export function severityOf(text: string): Severity | null {
  const head = text.slice(0, 300);
  const named = earliest(head, SEVERITY_WORDS);
  return named ?? earliest(head, SEVERITY_MARKS);
}

function earliest(text: string, patterns: readonly (readonly [RegExp, Severity])[]): Severity | null {
  let best: { at: number; severity: Severity } | null = null;
  for (const [pattern, severity] of patterns) {
    const at = text.search(pattern);
    if (at >= 0 && (best === null || at < best.at)) best = { at, severity };
  }
  return best?.severity ?? null;
}

/** In a heading only a shouted word counts: `High memory usage` is no severity. */
function readSeverity(heading: string): Severity | null {
  const word = /(?:^|[^\p{L}])(CRITICAL|HIGH|MEDIUM|LOW)(?:$|[^\p{L}])/u.exec(heading)?.[1];
  return word ? (word.toLowerCase() as Severity) : null;
}

const DATE =
  /^\[?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}|(?:\d{1,2}(?:st|nd|rd|th|\.)? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?(?: \d{1,2}(?:st|nd|rd|th)?)?,? \d{4})\]?(?:[ T,]{1,2}\d{1,2}:\d{2}(?: ?UTC|Z)?)?/i;
const AFTER_DATE = /^\s*[-–—:|,]*\s*/;

/** `2025-02-27` above the incidents of a day. */
export const isDate = (title: string): boolean => leadingDate(title)?.rest === '';

/** The date that a heading begins with, and the words after it; null where it begins with none. */
export function leadingDate(title: string): { date: string; rest: string } | null {
  const date = DATE.exec(title.slice(0, 200))?.[0];
  return date === undefined ? null : { date, rest: title.slice(date.length).replace(AFTER_DATE, '') };
}
