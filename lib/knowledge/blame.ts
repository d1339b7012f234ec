import { sameContent } from './content-hash';
import type { EntryContent } from './entry-schema';
import { ENTRY_FIELDS } from './entry-words';
import type { EntryField } from './field-text';

export interface BlameSource<R> {
  revision: R;
  content: EntryContent;
}

export interface Blame<R> {
  /** The revision that last changed each field that says something. */
  fields: { field: EntryField; revision: R }[];
  /** The same for each solution, wherever it stood in the list then. */
  solutions: R[];
}

const isFilled = (value: unknown): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** Which revision each part of the newest content comes from. `newestFirst` holds at least one revision. */
export function blame<R>(newestFirst: readonly BlameSource<R>[]): Blame<R> {
  const [newest, ...older] = newestFirst;
  if (!newest) throw new Error('An entry has at least one revision');
  /** The oldest revision of the unbroken run that holds the part as it is now. */
  const since = (holds: (content: EntryContent) => boolean): R => {
    let found = newest.revision;
    for (const { revision, content } of older) {
      if (!holds(content)) break;
      found = revision;
    }
    return found;
  };
  return {
    fields: ENTRY_FIELDS.filter((field) => isFilled(newest.content[field])).map((field) => ({
      field,
      revision: since((content) => sameContent(content[field], newest.content[field])),
    })),
    solutions: newest.content.solutions.map((solution) =>
      since((content) => content.solutions.some((each) => sameContent(each, solution))),
    ),
  };
}
