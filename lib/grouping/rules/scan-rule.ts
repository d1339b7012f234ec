/** One mistake in the text of rules. Lines and columns count from 1. */
export interface RuleTextError {
  line: number;
  column: number;
  message: string;
  expected: string;
}

/** Thrown within the reader of one line; never leaves it. */
export class Mistake extends Error {
  constructor(
    readonly at: number,
    message: string,
    readonly expected: string,
  ) {
    super(message);
  }
}

const isSpace = (char: string) => char === ' ' || char === '\t';

/** Walks over one line of text. */
export class LineScanner {
  at = 0;
  constructor(readonly line: string) {}

  skipSpace(alsoCommas = false): void {
    while (isSpace(this.line.charAt(this.at)) || (alsoCommas && this.line.charAt(this.at) === ',')) this.at++;
  }

  get atEnd(): boolean {
    return this.at >= this.line.length;
  }

  takes(literal: string): boolean {
    if (!this.line.startsWith(literal, this.at)) return false;
    this.at += literal.length;
    return true;
  }

  /** What follows, for messages: `"foo"`, or the end of the line. */
  get found(): string {
    if (this.atEnd) return 'the line ends';
    const rest = this.line.slice(this.at, this.at + 40).trimStart();
    const end = rest.search(/[\s,]/);
    return `found "${end > 0 ? rest.slice(0, end) : rest}"`;
  }

  /** Characters up to one of `stops` or white space; blanks within `{{ }}` belong to it. */
  word(stops: string): string {
    const start = this.at;
    while (!this.atEnd) {
      const char = this.line.charAt(this.at);
      if (this.line.startsWith('{{', this.at)) {
        const close = this.line.indexOf('}}', this.at);
        if (close < 0) throw new Mistake(this.at, 'this variable is not closed', '}}');
        this.at = close + 2;
      } else if (isSpace(char) || stops.includes(char)) break;
      else this.at++;
    }
    return this.line.slice(start, this.at);
  }

  /** A text in quotes, in which `\"` and `\\` stand for themselves; null where none begins. */
  quoted(): string | null {
    const start = this.at;
    if (!this.takes('"')) return null;
    let text = '';
    while (!this.atEnd) {
      const char = this.line.charAt(this.at++);
      if (char === '"') return text;
      const next = this.line.charAt(this.at);
      if (char === '\\' && (next === '"' || next === '\\')) {
        text += next;
        this.at++;
      } else text += char;
    }
    throw new Mistake(start, 'this text is not closed', 'a closing "');
  }
}
