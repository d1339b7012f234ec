import Link from 'next/link';
import type { ImportAction, ImportedEntry, ImportReport as Report } from '@/lib/knowledge/import-schema';
import { Alert } from '../ui/alert';
import { Badge, type Tone } from '../ui/badge';
import { Cell, HeaderCell, Row, Table, TableHeader } from '../ui/table';

const TONE: Record<ImportAction, Tone> = {
  created: 'success',
  updated: 'info',
  unchanged: 'neutral',
  conflict: 'warning',
  invalid: 'critical',
};
const PLANNED: Record<ImportAction, string> = {
  created: 'New',
  updated: 'Update',
  unchanged: 'Unchanged',
  conflict: 'Conflict',
  invalid: 'Cannot be read',
};
const DONE: Record<ImportAction, string> = {
  created: 'Created',
  updated: 'Updated',
  unchanged: 'Unchanged',
  conflict: 'Left as it is',
  invalid: 'Not taken',
};
const ACTIONS = Object.keys(TONE) as ImportAction[];

/** What an import did, or on a dry run would do: sums, what to look at, then entry by entry. */
export function ImportReport({ report }: { report: Report }) {
  const words = report.dry_run ? PLANNED : DONE;
  return (
    <div className="space-y-4">
      <ul aria-label="Totals" className="flex flex-wrap gap-2">
        {ACTIONS.filter((action) => report.totals[action] > 0).map((action) => (
          <li key={action}>
            <Badge tone={TONE[action]} dot>
              {report.totals[action]} {words[action].toLowerCase()}
            </Badge>
          </li>
        ))}
        {report.sections.length > 0 ? (
          <li>
            <Badge>{count(report.sections.length, 'guide section')}</Badge>
          </li>
        ) : null}
      </ul>
      <DocumentNotes report={report} />
      {report.entries.length > 0 ? (
        <EntryRows entries={report.entries} words={words} />
      ) : (
        <p className="text-muted text-sm">No known error was recognised in these files.</p>
      )}
      {report.sections.length > 0 ? <SectionRows report={report} words={words} /> : null}
    </div>
  );
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

function DocumentNotes({ report }: { report: Report }) {
  return report.documents
    .filter(({ warnings, lost_lines, vanished }) => warnings.length + lost_lines.length + vanished.length > 0)
    .map(({ document, warnings, lost_lines, vanished }) => (
      <Alert key={document} tone="warning">
        <p className="font-medium">{document}</p>
        <ul className="mt-1 list-disc space-y-0.5 pl-4">
          {warnings.map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              Line {line}: {message}
            </li>
          ))}
          {lost_lines.map(({ line, text }) => (
            <li key={line}>
              Line {line} found no place: <code>{text}</code>
            </li>
          ))}
          {vanished.map(({ id, title }) => (
            <li key={id}>
              <Link href={`/knowledge/${id}`} className="underline">
                {id}
              </Link>{' '}
              {title} is no longer in the document; it is left as it is
            </li>
          ))}
        </ul>
      </Alert>
    ));
}

const FIELD_WORDS: Record<string, string> = { root_cause: 'root cause', first_seen: 'date', related_files: 'files' };

function EntryRows({ entries, words }: { entries: readonly ImportedEntry[]; words: Record<ImportAction, string> }) {
  return (
    <Table>
      <TableHeader>
        <HeaderCell>Action</HeaderCell>
        <HeaderCell>Entry</HeaderCell>
        <HeaderCell className="hidden md:table-cell">Fields found</HeaderCell>
        <HeaderCell>Source</HeaderCell>
      </TableHeader>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.index}>
            <Cell className="align-top">
              <Badge tone={TONE[entry.action]} dot>
                {words[entry.action]}
              </Badge>
            </Cell>
            <Cell className="align-top">
              {entry.id ? (
                <Link href={`/knowledge/${entry.id}`} className="font-medium hover:underline">
                  <span className="text-muted tabular-nums">{entry.id}</span> {entry.title}
                </Link>
              ) : (
                <span className="font-medium">{entry.title}</span>
              )}
              {[...entry.warnings, ...entry.errors.map(({ field, message }) => `${field}: ${message}`)].map((note) => (
                <p key={note} className="text-warning-fg text-xs">
                  {note}
                </p>
              ))}
            </Cell>
            <Cell className="hidden align-top text-muted text-xs md:table-cell">
              {entry.fields.map((field) => FIELD_WORDS[field] ?? field.replaceAll('_', ' ')).join(', ')}
            </Cell>
            <Cell className="align-top text-muted text-xs tabular-nums">
              {entry.document ?? 'JSON'}
              {entry.line === null ? '' : `:${entry.line}`}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function SectionRows({ report, words }: { report: Report; words: Record<ImportAction, string> }) {
  return (
    <section>
      <h2 className="mb-2 font-medium text-sm">Guide sections</h2>
      <p className="mb-2 text-muted text-xs">What describes no error: checklists, practices, protocols.</p>
      <Table>
        <TableHeader>
          <HeaderCell>Action</HeaderCell>
          <HeaderCell>Section</HeaderCell>
          <HeaderCell>Source</HeaderCell>
        </TableHeader>
        <tbody>
          {report.sections.map((section) => (
            <Row key={`${section.document} ${section.line} ${section.title}`}>
              <Cell>
                <Badge tone={TONE[section.action]} dot>
                  {words[section.action]}
                </Badge>
              </Cell>
              <Cell>{section.title}</Cell>
              <Cell className="text-muted text-xs tabular-nums">
                {section.document}:{section.line}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
