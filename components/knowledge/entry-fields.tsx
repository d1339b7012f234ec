import { Check, Square } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { EntryContent, PreventionItem, Signature } from '@/lib/knowledge/entry-schema';
import { parseEntryId } from '@/lib/knowledge/entry-schema';
import { FIELD_WORDS } from '@/lib/knowledge/field-text';
import { Badge } from '../ui/badge';
import { Markdown } from '../ui/markdown';

const PROSE_BEFORE = ['symptoms', 'root_cause'] as const;
const PROSE_AFTER = ['detection', 'diagnosis', 'impact', 'validation', 'environment', 'notes'] as const;

/** What an entry says, for reading; empty fields are left out. The fix comes right after what it fixes. */
export function EntryFields({ content, level = 2 }: { content: EntryContent; level?: 2 | 3 }) {
  const prose = (field: (typeof PROSE_BEFORE)[number] | (typeof PROSE_AFTER)[number]) =>
    content[field].trim() === '' ? null : (
      <Section key={field} title={FIELD_WORDS[field]} level={level}>
        <Markdown shiftHeadings={level}>{content[field]}</Markdown>
      </Section>
    );
  return (
    <div className="flex flex-col gap-6">
      {PROSE_BEFORE.map(prose)}
      <Solutions solutions={content.solutions} level={level} />
      <Prevention items={content.prevention} level={level} />
      {PROSE_AFTER.map(prose)}
      <Signatures signatures={content.signatures} level={level} />
      <Lines title="Related entries" items={content.related_entries} level={level}>
        {(id) => (parseEntryId(id) === null ? id : <EntryLink id={id.trim().toUpperCase()} />)}
      </Lines>
      <Lines title="Related files" items={content.related_files} level={level}>
        {(file) => <span className="break-all font-mono text-xs">{file}</span>}
      </Lines>
      <Lines title="References" items={content.references} level={level}>
        {(text) => <Markdown className="inline">{text}</Markdown>}
      </Lines>
    </div>
  );
}

function Section({ title, level, children }: { title: string; level: 2 | 3; children: ReactNode }) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section>
      <Heading className="mb-1.5 font-semibold text-base">{title}</Heading>
      {children}
    </section>
  );
}

function Solutions({ solutions, level }: { solutions: EntryContent['solutions']; level: 2 | 3 }) {
  if (solutions.length === 0) return null;
  const several = solutions.length > 1;
  return (
    <Section title={several ? 'Solutions' : 'Solution'} level={level}>
      <ol className="flex flex-col gap-4">
        {solutions.map((solution, index) => (
          <li key={index} className={several ? 'border-success border-l-2 pl-4' : ''}>
            {several || solution.title ? (
              <p className="mb-1 font-medium">
                {several ? <span className="mr-1.5 text-faint tabular-nums">{index + 1}.</span> : null}
                {solution.title || 'Another way'}
              </p>
            ) : null}
            <Markdown shiftHeadings={level}>{solution.steps}</Markdown>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Prevention({ items, level }: { items: PreventionItem[]; level: 2 | 3 }) {
  if (items.length === 0) return null;
  const done = items.filter((item) => item.done).length;
  return (
    <Section title={`Prevention (${done} of ${items.length} done)`} level={level}>
      <ul className="flex flex-col gap-1.5">
        {items.map((item, index) => (
          <li key={index} className="flex items-start gap-2">
            {item.done ? (
              <Check aria-label="Done" className="mt-1 size-3.5 shrink-0 text-success-fg" />
            ) : (
              <Square aria-label="Open" className="mt-1 size-3.5 shrink-0 text-faint" />
            )}
            <div className="min-w-0">
              <Markdown>{item.text}</Markdown>
              {item.owner || item.link ? (
                <p className="text-faint text-xs">
                  {item.owner ? <span className="mr-2">{item.owner}</span> : null}
                  {item.link ? <Reference text={item.link} /> : null}
                </p>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Signatures({ signatures, level }: { signatures: Signature[]; level: 2 | 3 }) {
  if (signatures.length === 0) return null;
  return (
    <Section title="Signatures" level={level}>
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
