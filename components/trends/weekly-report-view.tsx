import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import type { ReactNode } from 'react';
import type { WeeklyReport } from '@/lib/analytics/analytics-schema';
import { formatDuration } from '@/lib/time';
import { formatExact, formatPercent } from '../ui/format';
import { ReportActions, type ReportWeek } from './report-actions';
import { ReportBars } from './report-bars';
import { TrendsPage } from './trends-page';

export interface WeeklyReportViewProps {
  report: WeeklyReport;
  week: ReportWeek;
  zone: string;
  project: string | undefined;
}

/**
 * One page to print, or to paste into a mail: plain tables and words, links with their address, nothing that needs a script
 * to be read.
 */
export function WeeklyReportView({ report, week, zone, project }: WeeklyReportViewProps) {
  const { totals, fixes, learning } = report;
  const day = (instant: string, shift = 0) => format(new TZDate(Date.parse(instant) - shift, zone), 'd MMM yyyy');
  return (
    <TrendsPage tab="report" actions={<ReportActions week={week} />}>
      <article
        id="weekly-report"
        className="mx-auto max-w-[820px] rounded-md border border-line bg-surface px-5 py-6 text-sm md:px-10 md:py-8 print:max-w-none print:border-0 print:p-0"
      >
        <header>
          <p className="text-faint text-xs">
            Week {week.number} · {day(report.from)} to {day(report.to, 1)}
            {project ? ` · ${project}` : ''}
          </p>
          <h2 className="mt-1 font-semibold text-xl tracking-[-0.01em]">{headline(report)}</h2>
        </header>
        <table className="mt-6 w-full border-collapse text-sm tabular-nums">
          <thead>
            <tr className="text-left text-faint text-xs">
              <th scope="col" className="h-8 font-medium">
                <span className="sr-only">Figure</span>
              </th>
              <th scope="col" className="h-8 text-right font-medium">
                This week
              </th>
              <th scope="col" className="h-8 text-right font-medium">
                Week before
              </th>
            </tr>
          </thead>
          <tbody>
            <Row label="Events" {...totals.events} show={formatExact} />
            <Row label="New issues" {...totals.new_issues} show={formatExact} />
            <Row label="Resolved" {...totals.resolved} show={formatExact} />
            <Row label="Came back" {...totals.regressed} show={formatExact} />
            <Row label="Open at the end" {...totals.open_issues} show={formatExact} />
            <Row label="Median time to resolve" {...report.time_to_resolve.median_ms} show={formatDuration} />
            <Row label="Claimed resolved" {...report.resolution_rate.claimed} show={formatPercent} />
            <Row label="Verified resolved" {...report.resolution_rate.verified} show={formatPercent} />
            <Row label="Events with a known fix" {...report.knowledge_coverage.rate} show={formatPercent} />
          </tbody>
        </table>
        <Section title="Events by day">
          <ReportBars times={report.trend.times} values={report.trend.total} zone={zone} />
        </Section>
        <Section title="Fixes">
          <p>
            {fixes.held} held, {fixes.recurred} did not hold, {fixes.watching} still being watched.{' '}
            {learning.pending > 0
              ? `${learning.pending} ${learning.pending === 1 ? 'suggestion waits' : 'suggestions wait'} for review.`
              : 'Nothing waits for review.'}
          </p>
          <Lines
            none={null}
            lines={fixes.failed.map((fix) => ({
              issue: fix.issue,
              title: fix.issue_title,
              note: `came back after ${fix.entry} ${fix.entry_title}`,
            }))}
          />
        </Section>
        <Section title="Most frequent">
          <Lines
            none="No event arrived."
            lines={report.top_issues.map((issue) => ({
              issue: issue.id,
              title: issue.title,
              note: `${formatExact(issue.events_in_range)} events, ${formatExact(issue.events_before)} the week before · ${issue.service}`,
            }))}
          />
        </Section>
        <Section title="New">
          <Lines none="No new issue." lines={report.new_issues.map((line) => ({ ...line, note: line.service }))} />
          <Rest shown={report.new_issues.length} all={totals.new_issues.value} />
        </Section>
        <Section title="Came back">
          <Lines none="No issue came back." lines={report.regressed.map((line) => ({ ...line, note: line.service }))} />
          <Rest shown={report.regressed.length} all={totals.regressed.value} />
        </Section>
        <Section title="Resolved">
          <Lines
            none="No issue was resolved."
            lines={report.resolved.map((line) => ({
              ...line,
              note: line.by ? `${line.service} · by ${line.by}` : line.service,
            }))}
          />
          <Rest shown={report.resolved.length} all={totals.resolved.value} />
        </Section>
      </article>
    </TrendsPage>
  );
}

/** The one sentence that somebody in a hurry reads. */
function headline({ totals, fixes }: WeeklyReport): string {
  const { value, before } = totals.events;
  if (value === 0) return 'A week without an error';
  const change = before > 0 ? (value - before) / before : null;
  const amount =
    change === null
      ? `${formatExact(value)} events`
      : Math.abs(change) < 0.05
        ? 'About as many events as the week before'
        : `${formatPercent(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} events than the week before`;
  if (fixes.recurred > 0)
    return `${amount}, and ${fixes.recurred} ${fixes.recurred === 1 ? 'fix' : 'fixes'} that did not hold`;
  return totals.new_issues.value > 0 ? `${amount}, ${formatExact(totals.new_issues.value)} new issues` : amount;
}

function Row({
  label,
  value,
  before,
  show,
}: {
  label: string;
  value: number | null;
  before: number | null;
  show: (figure: number) => string;
}) {
  return (
    <tr className="border-line border-t">
      <th scope="row" className="h-8 text-left font-normal text-muted">
        {label}
      </th>
      <td className="h-8 text-right font-medium">{value === null ? '–' : show(value)}</td>
      <td className="h-8 text-right text-faint">{before === null ? '–' : show(before)}</td>
    </tr>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-7 break-inside-avoid">
      <h3 className="mb-2 font-semibold text-sm">{title}</h3>
      {children}
    </section>
  );
}

interface ReportLine {
  issue: string;
  title: string;
  note: string;
}

function Lines({ lines, none }: { lines: readonly ReportLine[]; none: string | null }) {
  if (lines.length === 0) return none ? <p className="text-muted">{none}</p> : null;
  return (
    <ul className="mt-2 space-y-2">
      {lines.map((line, index) => (
        <li key={`${line.issue}-${index}`} className="flex gap-3 leading-snug">
          <a
            href={`/issues/${line.issue}`}
            className="w-24 shrink-0 whitespace-nowrap font-mono text-accent-fg text-xs leading-5"
          >
            {line.issue}
          </a>
          <span className="min-w-0">
            <span className="line-clamp-2 break-words font-mono text-xs leading-5">{line.title}</span>
            <span className="block text-faint text-xs">{line.note}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const Rest = ({ shown, all }: { shown: number; all: number }) =>
  all > shown ? <p className="mt-2 text-faint text-xs">and {formatExact(all - shown)} more</p> : null;
