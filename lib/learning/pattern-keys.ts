import { COMMON_WORDS } from '../search/common-words';
import { stem } from '../search/tokenize';

export interface PatternKey {
  kind: 'template' | 'frames';
  /** What the issues have in common, readable. */
  value: string;
}

const FRAMES = 3;
const WORDS = 24;
/** Types that every second error has; they do not make a message telling. */
const PLAIN_TYPES = /^(?:Error|Exception|RuntimeError|RuntimeException|TypeError|ValueError|panic|log|message)?$/;

/**
 * What recognises the same failure in another service: its message without the variable parts, and the frames at the top
 * of its stack. Read from the features of an issue (`similarity.ts`), which leave the service out. A message of everyday
 * words, or a single frame, recognises nothing.
 */
export function patternKeys(features: readonly string[]): PatternKey[] {
  const of = (kind: string) =>
    features.filter((feature) => feature.startsWith(`${kind}:`)).map((feature) => feature.slice(kind.length + 1));
  const [type = ''] = of('type');
  const words = of('word').slice(0, WORDS);
  const frames = of('frame').slice(0, FRAMES);
  const telling = words.filter((word) => !COMMON_WORDS.has(stem(word))).length;
  const keys: PatternKey[] = [];
  if (telling >= 2 || (telling === 1 && !PLAIN_TYPES.test(type)))
    keys.push({ kind: 'template', value: [type, words.join(' ')].filter(Boolean).join(': ') });
  if (frames.length >= 2) keys.push({ kind: 'frames', value: [type, ...frames].filter(Boolean).join(' < ') });
  return keys;
}
