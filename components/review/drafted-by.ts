import type { Suggestion } from '@/lib/learning/learning-schema';

/** Who put a draft into words, and what that asks of its reader. */
export const draftedBy = (author: Suggestion['author']): string =>
  author === 'model'
    ? 'Drafted by a language model from the named sources. Check it before use.'
    : 'Drafted from the named sources, in their own words.';
