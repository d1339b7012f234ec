const LEAST = 2000;

/**
 * A long Markdown text in pieces that can be rendered by themselves, so that a preview renders the one that changed. Cut
 * only before a paragraph or heading that follows an empty line outside of code; joined they are the text.
 */
export function previewChunks(text: string): string[] {
  const chunks: string[] = [];
  let from = 0;
  let at = 0;
  let fence = '';
  let blank = true;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && fence === '') fence = mark;
    else if (mark?.startsWith(fence) && line.trim() === mark) fence = '';
    else if (
      fence === '' &&
      blank &&
      at - from >= LEAST &&
      /^(?:#{1,6} |[\p{L}*_`[])/u.test(line) &&
      !/^[*_] /.test(line)
    ) {
      chunks.push(text.slice(from, at));
      from = at;
    }
    blank = line.trim() === '';
    at += line.length + 1;
  }
  chunks.push(text.slice(from));
  return chunks;
}
