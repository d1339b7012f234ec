import { sameContent } from './content-hash';
import type { EntryContent } from './entry-schema';
import { embedMarkdown } from './markdown/embed-markdown';
import { tidyContent } from './tidy-content';

/** Whether two contents read the same in the guide, where headings move down and blank rows go. */
export const sameInGuide = (a: EntryContent, b: EntryContent): boolean => sameContent(inGuide(a), inGuide(b));

const LOWEST = 6;
const fitted = (markdown: string): string => embedMarkdown(markdown, LOWEST).text;

function inGuide(content: EntryContent): EntryContent {
  const tidy = tidyContent(content);
  return {
    ...tidy,
    symptoms: fitted(tidy.symptoms),
    detection: fitted(tidy.detection),
    diagnosis: fitted(tidy.diagnosis),
    root_cause: fitted(tidy.root_cause),
    impact: fitted(tidy.impact),
    validation: fitted(tidy.validation),
    environment: fitted(tidy.environment),
    notes: fitted(tidy.notes),
    solutions: tidy.solutions.map(({ title, steps }) => ({ title: title.trim(), steps: fitted(steps) })),
    prevention: tidy.prevention.map((item) => ({ ...item, text: fitted(item.text) })),
    references: tidy.references.map(fitted),
  };
}
