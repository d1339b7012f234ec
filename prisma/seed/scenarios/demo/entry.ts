import { type EntryContent, entryContentSchema } from '../../../../lib/knowledge/entry-schema';

/** A sample entry: what an engineer at a small parcel company could have written down. Unset fields stay empty. */
export type SampleEntry = { key: string; status?: 'published' | 'draft' | 'in_review'; content: EntryContent };

type Loose = Partial<Omit<EntryContent, 'prevention'>> & {
  title: string;
  prevention?: (string | { text: string; done: boolean })[];
};

/** Prevention items given as text alone are done; that is how most of a team's list looks. */
export function sample(
  key: string,
  { prevention = [], ...content }: Loose,
  status?: SampleEntry['status'],
): SampleEntry {
  const items = prevention.map((item) => (typeof item === 'string' ? { text: item, done: true } : item));
  return { key, status, content: entryContentSchema.parse({ ...content, prevention: items }) };
}

/** A fenced code block. */
export const code = (language: string, text: string): string => `\`\`\`${language}\n${text.trim()}\n\`\`\``;
