import Link from 'next/link';
import type { ReactNode } from 'react';
import type { EventDetail } from '@/lib/issues/issue-schema';

type Grouping = EventDetail['grouping'];

const KINDS: Record<string, string> = {
  fingerprint: 'Fingerprint',
  type: 'Type',
  message: 'Message',
  template: 'Message template',
  frame: 'Frame',
  logger: 'Logger',
  service: 'Service',
};

const SETS: Record<Grouping['rules'][number]['sets'][number], string> = {
  fingerprint: 'the fingerprint',
  title: 'the title',
  level: 'the level',
};

function Rows({ children }: { children: ReactNode }) {
  return <ol className="overflow-hidden rounded-md border border-line">{children}</ol>;
}

function RowOf({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="grid gap-x-3 border-line border-t px-3 py-1.5 first:border-t-0 sm:grid-cols-[160px_1fr]">
      <span className="text-faint">{name}</span>
      <span className="min-w-0 break-words font-mono">{children}</span>
    </li>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 font-medium">{title}</h3>
      {children}
    </section>
  );
}

/** What put an event into its issue: the rules that applied, what was hashed, what was left out, and where else it could be. */
export function WhyHere({ grouping, issueId }: { grouping: Grouping; issueId: string }) {
  const { rules, parts, candidates, template } = grouping;
  return (
    <div className="space-y-4 text-xs">
      <p className="text-muted">
        Events with the same parts share an issue. Grouping {grouping.version || 'unknown'}, hash{' '}
        <code className="break-all">{grouping.hash}</code>.
      </p>
      {rules.length > 0 ? (
        <Section title="Rules of the project that applied">
          <Rows>
            {rules.map((each) => (
              <RowOf key={each.rule} name={`Sets ${each.sets.map((set) => SETS[set]).join(', ')}`}>
                {each.rule}
                {each.level_before ? <span className="block text-faint">level was: {each.level_before}</span> : null}
              </RowOf>
            ))}
          </Rows>
        </Section>
      ) : null}
      <Section title={grouping.own ? 'What was hashed' : 'What was hashed, of the first event with this hash'}>
        {parts.length === 0 ? (
          <p className="text-faint">The parts of this grouping were not kept.</p>
        ) : (
          <Rows>
            {parts.map((part, index) => (
              <RowOf key={index} name={KINDS[part.kind] ?? part.kind}>
                {part.value}
                {part.kind === 'fingerprint' && part.raw ? (
                  <span className="block text-faint">from: {part.raw}</span>
                ) : null}
              </RowOf>
            ))}
          </Rows>
        )}
      </Section>
      {grouping.normalised.length > 0 ? (
        <Section title="What was normalised away">
          <Rows>
            {grouping.normalised.map((each, index) => (
              <RowOf key={index} name={KINDS[each.kind] ?? each.kind}>
                <del className="block text-faint no-underline">{each.before}</del>
                <ins className="block no-underline">→ {each.after}</ins>
              </RowOf>
            ))}
          </Rows>
        </Section>
      ) : null}
      {template && template.values.length > 0 ? (
        <Section title="Values at the variable places">
          <Rows>
            <RowOf name="Template">{template.text}</RowOf>
            <RowOf name="Here">{template.values.join(' · ')}</RowOf>
          </Rows>
        </Section>
      ) : null}
      {candidates.length > 1 ? (
        <Section title="Hashes that were tried, in this order">
          <Rows>
            {candidates.map((each) => (
              <RowOf key={each.hash} name={each.used ? 'Filed under' : (each.version ?? 'not known')}>
                {each.hash}{' '}
                {each.issue === null ? (
                  <span className="text-faint">belongs to no issue</span>
                ) : each.issue === issueId ? (
                  <span className="text-faint">this issue</span>
                ) : (
                  <Link className="text-accent-fg hover:underline" href={`/issues/${each.issue}`}>
                    {each.issue}
                  </Link>
                )}
              </RowOf>
            ))}
          </Rows>
        </Section>
      ) : null}
    </div>
  );
}
