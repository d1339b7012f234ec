const HEADING = /^(={1,6})[ \t]+(\S.*)$/;
const DELIMITER = /^(-{4,}|\.{4,})[ \t]*$/;
const STYLE = /^\[(?:(?:source|listing)(?:[ \t]*,[ \t]*([\w+#-]{1,30}))?[^\]]{0,100}|[a-z%#.][^\]]{0,100})\][ \t]*$/i;
const BLOCK_TITLE = /^\.([\p{L}][^.].{0,100})$/u;
const STEP = /^(\.{1,5})[ \t]+(\S.*)$/;
const ATX = /^ {0,3}#{1,6}[ \t]/;

/**
 * AsciiDoc written where Markdown is expected (`== Heading`, `----` around code, `. step`), as Markdown, line by line: what
 * stands on line 12 still does. A text that is not AsciiDoc comes back as it is.
 */
export function asciidocToMarkdown(text: string): string {
  const lines = text.split('\n');
  const headings = lines.filter((line) => HEADING.test(line)).length;
  if (headings < 2 || headings <= lines.filter((line) => ATX.test(line)).length) return text;
  let delimiter: string | null = null;
  let language = '';
  let steps = 0;
  return lines
    .map((line) => {
      const mark = DELIMITER.exec(line)?.[1];
      if (delimiter !== null) {
        if (mark !== delimiter) return line;
        delimiter = null;
        return '````';
      }
      if (mark !== undefined) {
        delimiter = mark;
        const opener = `\`\`\`\`${language}`;
        language = '';
        return opener;
      }
      const heading = HEADING.exec(line);
      if (heading) {
        steps = 0;
        return `${'#'.repeat(heading[1]?.length ?? 1)} ${heading[2] ?? ''}`;
      }
      const style = STYLE.exec(line);
      if (style) {
        language = style[1] ?? '';
        return '';
      }
      if (line.trim() === '+') return '';
      const step = STEP.exec(line);
      if (step) {
        steps += 1;
        return `${steps}. ${step[2] ?? ''}`;
      }
      const title = BLOCK_TITLE.exec(line)?.[1];
      if (title === undefined) return line;
      steps = 0;
      return `**${title.trim()}:**`;
    })
    .join('\n');
}
