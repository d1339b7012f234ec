import type { EntryContent } from './entry-schema';

const filled = (text: string): boolean => text.trim() !== '';

/** Content as a form left it, without the rows nobody filled in and with plain values trimmed. Markdown stays as typed. */
export const tidyContent = (content: EntryContent): EntryContent => ({
  ...content,
  title: content.title.trim(),
  category: content.category.trim(),
  component: content.component.trim(),
  tags: unique(content.tags),
  solutions: content.solutions.filter(({ title, steps }) => filled(title) || filled(steps)),
  prevention: content.prevention
    .filter(({ text }) => filled(text))
    .map(({ text, done, owner, due, link }) => ({
      text,
      done,
      ...(owner?.trim() ? { owner: owner.trim() } : {}),
      ...(due ? { due } : {}),
      ...(link?.trim() ? { link: link.trim() } : {}),
    })),
  related_files: unique(content.related_files),
  related_entries: unique(content.related_entries),
  references: unique(content.references),
  signatures: content.signatures.filter(({ value }) => filled(value)),
});

const unique = (texts: readonly string[]): string[] => [...new Set(texts.map((text) => text.trim()).filter(Boolean))];
