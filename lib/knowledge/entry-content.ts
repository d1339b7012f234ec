import type { EntryContent } from './entry-schema';
import { ENTRY_FIELDS } from './entry-words';

// Apart from the schema: the pages that write and compare entries load no validation.

/** An entry that says nothing yet; what the schema fills in for what is left out. */
export const EMPTY_CONTENT: Readonly<EntryContent> = {
  title: '',
  category: '',
  severity: null,
  component: '',
  tags: [],
  first_seen: null,
  symptoms: '',
  detection: '',
  diagnosis: '',
  root_cause: '',
  solutions: [],
  prevention: [],
  impact: '',
  resolution_minutes: null,
  validation: '',
  related_files: [],
  related_entries: [],
  environment: '',
  references: [],
  notes: '',
  signatures: [],
  next_review: null,
};

/** The content in an input, without what came along with it. */
export const contentOf = (input: EntryContent): EntryContent =>
  Object.fromEntries(ENTRY_FIELDS.map((field) => [field, input[field]])) as EntryContent;
