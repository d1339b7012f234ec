/**
 * What people write under an issue, taken apart: which sentence tells the cause, which the cure, which lines are commands.
 * Nothing is reworded; a sentence that fits neither is left out by those who read this.
 */
export interface NotePart {
  kind: 'cause' | 'cure' | 'command' | 'prevention' | 'remark';
  /** As it was written. */
  text: string;
  /** Language of a code block. */
  language?: string;
}

const LIMIT = 20_000;
const PARTS = 60;
const LONGEST = 1200;

const CUES: readonly [Exclude<NotePart['kind'], 'command' | 'remark'>, RegExp][] = [
  [
    'prevention',
    /\b(?:so that it (?:does|will) not|to prevent|in future|from now on|added (?:a|an) (?:test|alert|check|lint))\b/i,
  ],
  [
    'cause',
    /\b(?:root cause|caused by|because|due to|the (?:problem|reason|culprit|cause) (?:is|was)|turned out|turns out)\b/i,
  ],
  [
    'cure',
    /\b(?:fix(?:ed|es)?|solved?|resolved?|solution|workaround|restart(?:ed|ing)?|roll(?:ed)? back|revert(?:ed)?|upgrad(?:e|ed)|downgrad(?:e|ed)|bump(?:ed)?|increas(?:e|ed)|rais(?:e|ed)|lower(?:ed)?|replac(?:e|ed)|remov(?:e|ed)|clear(?:ed)?|renew(?:ed)?|rotat(?:e|ed)|set|added?|chang(?:e|ed)|disabl(?:e|ed)|enabl(?:e|ed)|no longer|helped|went away|(?:is|are|was|were) gone|works? (?:again|now))\b/i,
  ],
  [
    'cure',
    /^(?:use|pass|wrap|catch|guard|escape|switch|install|reinstall|delete|run(?! into)|close|skip|patch|handle|avoid|apply|move|rename|await|retry|drop|ensure|make sure|update(?!:))\s/i,
  ],
];
/** What was asked or supposed answers nothing. */
const UNSURE = /\?\s*$|^(?:maybe|perhaps|not sure|could it|does anyone|has anyone|i (?:guess|wonder))\b/i;
const REFUTED =
  /\b(?:did(?: not|n't) (?:help|work|fix)|does(?: not|n't) (?:help|work|fix)|no luck|still (?:fails|happens|happening|failing))\b/i;

const COMMAND =
  /^(?:\$ |> |sudo )?(?:npm|npx|yarn|pnpm|node|pip3?|poetry|uv|python3?|cargo|go|git|docker(?:-compose)?|podman|kubectl|helm|systemctl|service|journalctl|psql|pg_\w+|mysql|redis-cli|mongosh?|curl|wget|openssl|certbot|apt(?:-get)?|brew|terraform|aws|gcloud|az|make|mvn|gradle|\.\/gradlew|dotnet|bundle|rake|php|composer|kill|rm|chmod|chown|export|ssh|df|du|free|ulimit)\s+\S/;
const SHELLS = new Set(['sh', 'bash', 'shell', 'console', 'zsh', 'powershell', 'ps1', 'sql']);

/** What stands in a block of such a language is output, not something to write or to run. */
const OUTPUT = new Set(['', 'text', 'txt', 'plain', 'log', 'logs', 'output', 'json', 'http', 'diff', 'patch']);

/** Reads a note. Linear in its length, which is cut at 20 000 characters. */
export function readNote(markdown: string): NotePart[] {
  const parts: NotePart[] = [];
  let fence: { marker: string; language: string; lines: string[] } | null = null;
  let paragraph: string[] = [];
  const endParagraph = () => {
    for (const sentence of sentencesOf(paragraph.join(' '))) parts.push(...readSentence(sentence));
    paragraph = [];
  };
  for (const line of markdown.slice(0, LIMIT).split('\n')) {
    const bare = line.trim();
    const mark = /^(`{3,}|~{3,})\s*([\w+-]{0,20})/.exec(bare);
    if (fence) {
      if (mark && bare.startsWith(fence.marker)) {
        addBlock(parts, fence.language, fence.lines.join('\n'));
        fence = null;
      } else fence.lines.push(line);
    } else if (mark) {
      endParagraph();
      fence = { marker: mark[1] as string, language: (mark[2] ?? '').toLowerCase(), lines: [] };
    } else if (bare === '') endParagraph();
    else if (COMMAND.test(bare)) {
      endParagraph();
      parts.push({ kind: 'command', text: bare.replace(/^[$>] /, ''), language: 'sh' });
    } else {
      if (/^(?:[-*+]|\d{1,3}[.)]|#{1,6})\s/.test(bare)) endParagraph();
      paragraph.push(bare.replace(/^(?:[-*+]|\d{1,3}[.)]|#{1,6}|>)\s+/, ''));
    }
  }
  if (fence) addBlock(parts, fence.language, fence.lines.join('\n'));
  endParagraph();
  return parts.slice(0, PARTS);
}

function addBlock(parts: NotePart[], language: string, text: string): void {
  const lines = text.split('\n').filter((line) => line.trim());
  if (lines.length === 0 || text.length > LONGEST) return;
  // Code below the sentence that tells the cure is the cure.
  const isCure = parts.at(-1)?.kind === 'cure' && !OUTPUT.has(language);
  const isCommand = SHELLS.has(language) || isCure || lines.every((line) => COMMAND.test(line.trim()));
  if (isCommand) parts.push({ kind: 'command', text, language: language || 'sh' });
}

function readSentence(sentence: string): NotePart[] {
  const text = sentence.slice(0, LONGEST);
  const commands = [...text.matchAll(/`([^`\n]{3,300})`/g)]
    .map((match) => match[1] as string)
    .filter((code) => COMMAND.test(code))
    .map((code): NotePart => ({ kind: 'command', text: code.replace(/^[$>] /, ''), language: 'sh' }));
  if (UNSURE.test(text) || REFUTED.test(text)) return [{ kind: 'remark', text }];
  const cue = CUES.find(([, pattern]) => pattern.test(text));
  return [{ kind: cue?.[0] ?? 'remark', text }, ...(cue ? commands : [])];
}

/** Sentences end at `.`, `!` or `?` before a blank and a capital or the end; versions and file names do not end one. */
const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?])\s+(?=["'`(]?[A-Z])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 2);
