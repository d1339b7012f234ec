/** Lines that only a log, a stack trace or a terminal prints. */
const LOG_LINE =
  /^(?:\s*at\s+\S.{0,300}[(:]|\s*File "[^"]{1,300}", line \d|Traceback \(most recent|\s*Caused by: |\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d|[A-Z]{4,8}[: \]]|\s*\d{1,5} \| |npm (?:ERR|warn)|[$>] \S|[\w.]{1,80}(?:Error|Exception)\b|\s*\^+\s*$|panic: |goroutine \d)/;
const FEW = 3;
const LOOKED_AT = 60;

/** Whether a pasted text is output of a program rather than prose: a third of its first lines look like it, or one does and the others are indented. */
export function looksLikeLog(text: string): boolean {
  if (text.includes('```')) return false;
  const lines = text
    .split('\n')
    .slice(0, LOOKED_AT)
    .map((line) => line.slice(0, 400))
    .filter((line) => line.trim() !== '');
  if (lines.length < FEW) return false;
  const marked = lines.filter((line) => LOG_LINE.test(line)).length;
  const indented = lines.filter((line) => /^(?: {2,}|\t)\S/.test(line)).length;
  return marked * 3 >= lines.length || (marked > 0 && (marked + indented) * 2 >= lines.length);
}

/** A text as a code block: its fence is longer than any run of backticks in it. */
export function asCodeBlock(text: string, language = 'text', file = ''): string {
  const runs = text.match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  const head = file.trim() === '' ? '' : `\`${file.trim().replaceAll('`', '')}\`:\n\n`;
  return `${head}${fence}${language.trim().replace(/[\s`]/g, '')}\n${text.replace(/\n+$/, '')}\n${fence}`;
}
