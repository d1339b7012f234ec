import type { Signature } from '../entry-schema';

const LIMITS = { text: 20_000, lines: 60, line: 400, signatures: 20 };

/** `OSError`, `sqlalchemy.exc.TimeoutError`, `java.lang.NullPointerException`, `WebSocketDisconnect`. */
const TYPED =
  /^(?:E\s+|Caused by:\s+|Uncaught\s+|Unhandled\s+|Exception in thread "[^"]{1,80}"\s+)?((?:[A-Za-z_$][\w$]{0,60}[.:]{1,2}){0,8}[A-Z][\w$]{1,80}(?:Error|Exception|Warning|Fault|Failure|Interrupt|Timeout|Disconnect|Exhausted|Unavailable|Refused|Expired|Violation|Panic|DoesNotExist|Misconfigured|ImproperlyConfigured|NotFound|Unreachable|Denied|Invalid|Locked|Aborted|Mismatch|Overflow|Closed|Reset)|ImproperlyConfigured|(?:System)?Exit|[A-Z]\w{1,60}(?:Error|Exception))\s*(?:\([^)]{0,40}\)\s*)?(?::\s*(.*))?$/;
/** Types so common that they recognise nothing by themselves. */
const COMMON =
  /^(?:Error|Exception|TypeError|ValueError|RuntimeError|OSError|IOError|KeyError|IndexError|AttributeError|NameError|AssertionError|ImportError|ModuleNotFoundError|SyntaxError|ReferenceError|RangeError|NullPointerException|IllegalArgumentException|IllegalStateException|ConnectionError|TimeoutError|MemoryError|OverflowError|HttpError|ApiError|IOException|RuntimeException|ConnectionRefusedError|PermissionError|FileNotFoundError)$/;
const CODE =
  /\b(?:E\d{3,5}|ERR_[A-Z0-9_]{3,60}|E[A-Z]{5,14}|[A-Z]{2,6}\d{4,6}|[A-Z]{2,12}-\d{3,6}|(?:TS|CS|ORA-|SQLSTATE[ []?)[0-9A-Z]{4,5}|0x8[0-9A-Fa-f]{7})\b/g;
/** `FST_ERR_CTP_BODY_TOO_LARGE`, `TS2322: …`: a code that the whole entry is about. */
const TITLE_CODE = /^`?((?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)|(?:TS|CS|E|PG|ORA-|RUSTC?-?)\d{3,6})`?(?=$|[\s:(–—-])/;
const NO_CODE =
  /^(?:ERROR|EXCEPTION|EXPECTED|EXISTS|EMPTY|ENABLED?|EXECUTE|EXPORT|EXTERNAL|EXAMPLE|EVENTS?|ELEMENTS?|ERRORS|EITHER|UTF-\d+|ISO-?\d+|SHA\d+|RFC-?\d+|ADR-\d+)$/;
const MESSAGE =
  /\b(?:error|failed|failure|fatal|cannot|can't|could not|couldn't|unable|denied|refused|not found|no such|not exist|timed out|timeout|invalid|missing|exceeded|unexpected|undefined|not defined|expired|conflict|already in use|out of memory|killed|crashed|rejected|forbidden|unauthorized|not valid|not assignable|blocked|limit|has expired|not (?:a|callable|defined|supported|allowed|available|running))\b/i;
const NOISE = /^(?:File "|at |\s+at |in |from |Traceback|\$ |> |# |\/\/|curl https?:|\{|\}|NAME\s)/;

/**
 * What recognises an error, from the texts that show it: exception types that are not everyday ones, error codes, and messages
 * with their values as `<*>`. Each message is given in the author's words too where that differs: the closer match says more.
 * @param symptoms Markdown. @param title an error code at its start recognises the entry too.
 */
export function deriveSignatures(symptoms: string, title: string): Signature[] {
  const found = new Map<string, Signature>();
  const add = (kind: Signature['kind'], value: string) => {
    const text = value.trim().slice(0, 500);
    if (text.length > 2 && found.size < LIMITS.signatures) found.set(`${kind} ${text}`, { kind, value: text });
  };
  for (const raw of [symptoms, title].flatMap(errorLines)) {
    const line = raw.replace(/^(?:#|\/\/)\s*(?:error|fehler):\s*/i, '').trim();
    const typed = TYPED.exec(line);
    const name = typed?.[1]?.split(/[.:]+/).at(-1);
    const message = typed ? (typed[2] ?? '') : line;
    if (typed && name && message !== '') {
      add('message', `${name}: ${maskValues(message)}`);
      if (maskValues(message) !== message) add('message', `${name}: ${message}`);
    } else if (!typed && isMessage(line)) {
      add('message', maskValues(line));
    }
    if (typed && name && !COMMON.test(name)) add('type', name);
    else if (typed && name && message === '') add('type', name);
    for (const [code] of line.matchAll(CODE)) if (!NO_CODE.test(code)) add('code', code);
  }
  const named = TITLE_CODE.exec(title.trim())?.[1];
  if (named) add('code', named);
  return [...found.values()];
}

const isMessage = (line: string): boolean => line.length >= 12 && line.split(/\s+/).length >= 3 && MESSAGE.test(line);

/** Lines that may be error texts: those of code blocks, and what stands in inline code or quotation marks. */
function errorLines(markdown: string): string[] {
  const text = markdown.slice(0, LIMITS.text);
  const lines: string[] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    if (/^\s*(?:`{3}|~{3})/.test(line)) inside = !inside;
    else if (inside) {
      if (line.trim() !== '' && (!NOISE.test(line) || /^# Error:/i.test(line))) lines.push(line.trim());
    } else {
      for (const [, code] of line.slice(0, 4000).matchAll(/`([^`\n]{4,400})`/g))
        if (TYPED.test(code!) || isMessage(code!)) lines.push(code!);
      for (const [, quoted] of line.slice(0, 4000).matchAll(/["“]([^"”\n]{8,300})["”]/g))
        if (TYPED.test(quoted!) || isMessage(quoted!)) lines.push(quoted!);
      const words = line.replace(/[*_]/g, '').trim();
      if (words.length <= LIMITS.line && TYPED.test(words)) lines.push(words);
    }
  }
  return lines.filter((line) => line.length <= LIMITS.line).slice(0, LIMITS.lines);
}

/** Replaces what varies in a message (quoted words, addresses, paths, ids, numbers) by `<*>`. */
export function maskValues(message: string): string {
  return message
    .slice(0, LIMITS.line)
    .replace(/'(?=[^']*[^\s'])[^']{1,200}'(?![a-z])/gi, (quoted, at: number, all: string) =>
      /[a-z]/i.test(all[at - 1] ?? '') ? quoted : "'<*>'",
    )
    .replace(/"[^"]{1,200}"/g, '"<*>"')
    .replace(/`[^`]{1,200}`/g, '`<*>`')
    .replace(/https?:\/\/[^\s)'"]+/g, '<*>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{20,}\b/gi, '<*>')
    .replace(/(^|[\s(=])(?:[A-Za-z]:)?(?:[\w.@~-]*\/){2,}[\w.@-]+/g, '$1<*>')
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}\b|\b0x[0-9a-f]+\b/gi, '<*>')
    .replace(/\blocalhost(?::\d+| port \d+)/g, '<*>')
    .replace(/(?<![\w[<])\d+(?:[.,:]\d+)*(?![\w\]>])/g, '<*>');
}
