/** A quotation or list item that a line stands in, and the column it begins at. */
interface Container {
  kind: string;
  column: number;
}

/**
 * Counts what the lines of a Markdown text cost a parser through quotations and lists: each that ends makes it go through
 * all it has read so far, so very many of them take quadratic time. One unit is about half a microsecond.
 */
export class ContainerCost {
  private open: Container[] = [];
  private lines = 0;
  private afterBlank = false;

  /** Cost of one more line, given without its line end. In a code block its marks open nothing. */
  add(line: string, inCode: boolean): number {
    this.lines += 1;
    if (line.trim() === '') {
      this.afterBlank = true;
      return 0;
    }
    const { containers, column } = readContainers(line);
    const { kept, used } = this.continued(containers, column);
    const ended = this.open.length - kept;
    if (ended > 0 || !inCode) this.open = [...this.open.slice(0, kept), ...containers.slice(used)];
    this.afterBlank = false;
    return ended * this.lines;
  }

  /** How many of the open containers the line goes on with, and how many of its own marks that takes. */
  private continued(containers: readonly Container[], column: number): { kept: number; used: number } {
    let used = 0;
    for (const [at, { kind, column: start }] of this.open.entries()) {
      const next = containers[used];
      if (kind === '>') {
        if (next?.kind !== '>' || this.afterBlank) return { kept: at, used };
        used += 1;
      } else if ((next?.column ?? column) <= start) {
        // The next item of a list ends what stands in the one before.
        const isItem = next?.kind === kind && next.column === start;
        return isItem ? { kept: at + 1, used: used + 1 } : { kept: at, used };
      }
    }
    return { kept: this.open.length, used };
  }
}

function readContainers(line: string): { containers: Container[]; column: number } {
  const containers: Container[] = [];
  let column = 0;
  for (const [mark] of line.slice(0, 2000).matchAll(/\s+|>|(?:[-+*]|\d{1,9}[.)])(?=\s|$)/gy)) {
    if (mark.trim() !== '') containers.push({ kind: mark.at(-1) ?? '', column });
    column += mark.length;
  }
  return { containers, column };
}
