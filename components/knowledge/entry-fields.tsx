import { Check, Square } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { EntryContent, PreventionItem, Signature } from '@/lib/knowledge/entry-schema';
import { parseEntryId } from '@/lib/knowledge/entry-words';
import { type EntryField, FIELD_WORDS } from '@/lib/knowledge/field-text';
import { Badge } from '../ui/badge';
import { LateMarkdown } from '../ui/late-markdown';

const PROSE_BEFORE = ['symptoms', 'root_cause'] as const;
const PROSE_AFTER = ['detection', 'diagnosis', 'impact', 'validation', 'environment', 'notes'] as const;

export interface EntryFieldsProps {
  content: EntryContent;
  level?: 2 | 3;
  /** Stands in for the list of prevention items, where they can be ticked off. */
  prevention?: ReactNode;
  /** At the right of a field's heading: who changed it, what was said about it. */
  aside?: (field: EntryField) => ReactNode;
  /** The same for a solution, by its place. */
  solutionAside?: (index: number) => ReactNode;
}

/** What an entry says, for reading; empty fields are left out. The fix comes right after what it fixes. */
export function EntryFields({ content, level = 2, prevention, aside, solutionAside }: EntryFieldsProps) {
  const prose = (field: (typeof PROSE_BEFORE)[number] | (typeof PROSE_AFTER)[number]) =>
    content[field].trim() === '' ? null : (
      <Section key={field} title={FIELD_WORDS[field]} level={level} aside={aside?.(field)}>
        <LateMarkdown shiftHeadings={level}>{content[field]}</LateMarkdown>
      </Section>
    );
  return (
    <div className="flex flex-col gap-6">
      {PROSE_BEFORE.map(prose)}
      <Solutions
        solutions={content.solutions}
        level={level}
        aside={aside?.('solutions')}
        solutionAside={solutionAside}
      />
      <Prevention items={content.prevention} level={level} aside={aside?.('prevention')}>
        {prevention}
      </Prevention>
      {PROSE_AFTER.map(prose)}
      <Signatures signatures={content.signatures} level={level} aside={aside?.('signatures')} />
      <Lines title="Related entries" items={content.related_entries} level={level}>
        {(id) => (parseEntryId(id) === null ? id : <EntryLink id={id.trim().toUpperCase()} />)}
      </Lines>
      <Lines title="Related files" items={content.related_files} level={level}>
        {(file) => <span className="break-all font-mono text-xs">{file}</span>}
      </Lines>
      <Lines title="References" items={content.references} level={level}>
        {(text) => <LateMarkdown className="inline">{text}</LateMarkdown>}
      </Lines>
    </div>
  );
}

interface SectionProps {
  level: 2 | 3;
  aside?: ReactNode;
}

function Section({ title, level, aside, children }: SectionProps & { title: string; children: ReactNode }) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className="group/section">
      <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-3">
        <Heading className="font-semibold text-base">{title}</Heading>
        {aside}
      </div>
      {children}
    </section>
  );
}

function Solutions({
  solutions,
  level,
  aside,
  solutionAside,
}: SectionProps & { solutions: EntryContent['solutions']; solutionAside?: (index: number) => ReactNode }) {
  if (solutions.length === 0) return null;
  const several = solutions.length > 1;
  return (
    <Section title={several ? 'Solutions' : 'Solution'} level={level} aside={aside}>
      <ol className="flex flex-col gap-4">
        {solutions.map((solution, index) => (
          <li key={index} className={several ? 'border-success border-l-2 pl-4' : ''}>
            {several || solution.title ? (
              <p className="mb-1 font-medium">
                {several ? <span className="mr-1.5 text-faint tabular-nums">{index + 1}.</span> : null}
                {solution.title || 'Another way'}
              </p>
            ) : null}
            {several ? solutionAside?.(index) : null}
            <LateMarkdown shiftHeadings={level}>{solution.steps}</LateMarkdown>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Prevention({
  items,
  level,
  aside,
  children,
}: SectionProps & { items: PreventionItem[]; children: ReactNode }) {
  if (items.length === 0) return null;
  const done = items.filter((item) => item.done).length;
  return (
    <Section title={`Prevention (${done} of ${items.length} done)`} level={level} aside={aside}>
      {children ?? <PreventionList items={items} />}
    </Section>
  );
}

const PreventionList = ({ items }: { items: PreventionItem[] }) => (
  <ul className="flex flex-col gap-1.5">
    {items.map((item, index) => (
      <li key={index} className="flex items-start gap-2">
        {item.done ? (
          <Check aria-label="Done" className="mt-1 size-3.5 shrink-0 text-success-fg" />
        ) : (
          <Square aria-label="Open" className="mt-1 size-3.5 shrink-0 text-faint" />
        )}
        <div className="min-w-0">
          <LateMarkdown>{item.text}</LateMarkdown>
          <PreventionFacts item={item} />
        </div>
      </li>
    ))}
  </ul>
);

/** Whose an item is, by when, and where it lives. */
export function PreventionFacts({
  item: { owner, due, link, done },
  overdue = false,
}: {
  item: PreventionItem;
  overdue?: boolean;
}) {
  if (!owner && !due && !link) return null;
  return (
    <p className="flex flex-wrap gap-x-2 text-faint text-xs">
      {owner ? <span>{owner}</span> : null}
      {due ? (
        <span className={overdue && !done ? 'font-medium text-warning-fg' : undefined}>
          {overdue && !done ? 'overdue since' : 'due'} {due}
        </span>
      ) : null}
      {link ? <Reference text={link} /> : null}
    </p>
  );
}

function Signatures({ signatures, level, aside }: SectionProps & { signatures: Signature[] }) {
  if (signatures.length === 0) return null;
  return (
    <Section title="Signatures" level={level} aside={aside}>
      <ul className="flex flex-col gap-1">
        {signatures.map(({ kind, value }, index) => (
          <li key={index} className="flex items-baseline gap-2">
            <Badge quiet className="w-16 justify-center">
              {kind}
            </Badge>
            <code className="min-w-0 break-all text-xs">{value}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Lines({
  title,
  items,
  level,
  children,
}: {
  title: string;
  items: string[];
  level: 2 | 3;
  children: (item: string) => ReactNode;
}) {
  if (items.length === 0) return null;
  return (
    <Section title={title} level={level}>
      <ul className="flex flex-col gap-1">
        {items.map((item, index) => (
          <li key={index}>{children(item)}</li>
        ))}
      </ul>
    </Section>
  );
}

const EntryLink = ({ id }: { id: string }) => (
  <Link href={`/knowledge/${id}`} className="font-mono text-accent-fg text-xs hover:underline">
    {id}
  </Link>
);

/** A web address as a link; anything else (a test, a rule) as code. */
function Reference({ text }: { text: string }) {
  if (!/^https?:\/\//i.test(text)) return <code>{text}</code>;
  return (
    <a href={text} target="_blank" rel="noopener noreferrer nofollow" className="break-all text-accent-fg underline">
      {text}
    </a>
  );
}
