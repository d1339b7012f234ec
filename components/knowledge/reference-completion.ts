import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { api } from '@/lib/http/client';
import type { Reference } from '@/lib/knowledge/reference-schema';

interface Trigger {
  /** What stands before the cursor; its last group is what is looked for. */
  pattern: RegExp;
  kind?: Reference['kind'];
  /** Shorter questions are not asked. */
  least: number;
}

/** `[[` entries and issues · `#` issues · `API-4`, `ERROR-0` · `commit 4f2a`. */
const TRIGGERS: readonly Trigger[] = [
  { pattern: /\[\[([^[\]\n]{0,80})$/, least: 0 },
  { pattern: /(?:^|\s)(#[\p{L}\p{N}_-]{1,40})$/u, kind: 'issue', least: 1 },
  { pattern: /(?:^|\s)(?:commit|release) ([\w.@/-]{2,60})$/i, kind: 'release', least: 2 },
  { pattern: /(?:^|[\s(])(ERROR-\d{0,9})$/, kind: 'entry', least: 6 },
  { pattern: /(?:^|[\s(])([A-Z][A-Z0-9]{1,9}-\d{0,9})$/, kind: 'issue', least: 3 },
];
/** Characters before the cursor that a trigger may need. */
const BEFORE = 100;

/** Offers what a few letters may mean while one writes. */
export const referenceCompletion = () =>
  autocompletion({ override: [complete], icons: false, activateOnTypingDelay: 150, maxRenderedOptions: 18 });

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(Math.max(0, context.pos - line.from - BEFORE), context.pos - line.from);
  for (const { pattern, kind, least } of TRIGGERS) {
    const match = pattern.exec(before);
    const asked = match?.[1];
    if (!match || asked === undefined || asked.length < least) continue;
    const opening = match[0].startsWith('[[') ? 2 : 0;
    const options = await find(asked.replace(/^#/, ''), kind, context);
    return options && { from: context.pos - asked.length - opening, options, filter: false };
  }
  return null;
}

async function find(q: string, kind: Trigger['kind'], context: CompletionContext): Promise<Completion[] | null> {
  const aborter = new AbortController();
  context.addEventListener('abort', () => aborter.abort());
  try {
    const { data } = await api.get<{ data: Reference[] }>('/api/v1/knowledge/references', { q, kind }, aborter.signal);
    return data.map(({ id, title, markdown }) => ({ label: id, detail: title, apply: markdown }));
  } catch {
    // Without an answer one types on.
    return null;
  }
}
