import { parseDotnet, parseDotnetFrame } from './dotnet';
import { parseGo } from './go';
import { markInApp } from './in-app';
import { parseJava, parseJavaFrame } from './java';
import { parseJavascript } from './javascript';
import { parsePython } from './python';
import { parseRust } from './rust';
import { type ParsedStack, type StackParser, stackLines } from './stack-text';

const PARSERS = {
  python: parsePython,
  java: parseJava,
  go: parseGo,
  rust: parseRust,
  csharp: parseDotnet,
  javascript: parseJavascript,
} satisfies Record<string, StackParser>;
type Language = keyof typeof PARSERS;

/** What callers, SDKs and OpenTelemetry's `telemetry.sdk.language` call the languages. */
const ALIASES: Record<string, Language> = {
  node: 'javascript',
  nodejs: 'javascript',
  webjs: 'javascript',
  typescript: 'javascript',
  js: 'javascript',
  ts: 'javascript',
  py: 'python',
  kotlin: 'java',
  scala: 'java',
  golang: 'go',
  dotnet: 'csharp',
  'c#': 'csharp',
  rs: 'rust',
};

const isLanguage = (name: string): name is Language => Object.hasOwn(PARSERS, name);

/** Languages share `at …`: what stands in the brackets tells them apart. Null for prose that happens to begin so. */
function languageOfAt(call: string): Language | null {
  if (/:line \d+$/.test(call)) return 'csharp';
  const java = parseJavaFrame(call);
  if (java?.filename ? /\.(?:java|kts?|scala|groovy|clj)$/.test(java.filename) : java) return 'java';
  if (/:\d+\)?(?: \{)?$/.test(call) || /\((?:native|<anonymous>|index \d+)\)$/.test(call)) return 'javascript';
  return parseDotnetFrame(call) ? 'csharp' : null;
}

/** Language by the first line that only one of them writes. */
function detect(lines: readonly string[]): Language | null {
  let at: Language | null = null;
  for (const raw of lines) {
    const line = raw.trim();
    if (line === '') continue;
    if (/^[|+ ]{0,200}File "/.test(line) && line.includes('", line ')) return 'python';
    if (/^goroutine \d+ \[/.test(line) || (raw !== line && /\.go:\d+/.test(line) && !line.startsWith('at ')))
      return 'go';
    if (/^stack backtrace:$/i.test(line) || /^thread '.{0,200}' (?:\(\d+\) )?panicked at /.test(line)) return 'rust';
    if (line.startsWith('at ')) {
      const found = languageOfAt(line.slice(3));
      if (found && (found !== 'csharp' || line.includes(':line '))) return found;
      at ??= found;
    }
  }
  return at;
}

/**
 * Reads a stack trace as a runtime prints it. `language`: what the sender calls the language, tried first.
 * Null when no parser finds a frame; the caller then keeps the text. Linear in the text, of which at most 512 KiB are read.
 */
export function parseStackTrace(text: string, language?: string): ParsedStack | null {
  const lines = stackLines(text);
  const told = language?.toLowerCase() ?? '';
  const hinted = isLanguage(told) ? told : ALIASES[told];
  const tried = new Set<Language>();
  for (const candidate of [detect(lines), hinted, 'javascript'] as const) {
    if (!candidate || tried.has(candidate)) continue;
    tried.add(candidate);
    const parsed = PARSERS[candidate](lines);
    if (!parsed) continue;
    for (const exception of parsed.exceptions) markInApp(parsed.platform, exception.frames);
    return parsed;
  }
  return null;
}
