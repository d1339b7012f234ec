import type {
  KnowledgeCoverage,
  Recurrence,
  ResolutionRate,
  TimeToResolve,
  Totals,
} from '@/lib/analytics/analytics-schema';
import { OutcomeStats } from '../trends/outcome-stats';
import { Duration } from '../ui/duration';
import { RatioStat } from '../ui/ratio-stat';
import { Stat, StatRow } from '../ui/stat';

export interface FiguresProps {
  totals: Totals;
  rate: ResolutionRate;
  time: TimeToResolve;
  recurrence: Recurrence;
  coverage: KnowledgeCoverage;
  /** `?project=shop&range=7d`, to keep on the way to the list. */
  search: string;
}

/** The key figures, each against the period before. A figure that nothing is known about is a dash, never zero. */
export function Figures({ totals, rate, time, recurrence, coverage, search }: FiguresProps) {
  const list = (status: string) =>
    `/issues?${new URLSearchParams([...new URLSearchParams(search), ['status', status]])}`;
  return (
    <StatRow className="mb-4 sm:grid-cols-4">
      <Stat label="Events" value={totals.events.value} before={totals.events.before} better="lower" />
      <Stat
        label="New issues"
        value={totals.new_issues.value}
        before={totals.new_issues.before}
        better="lower"
        href={list('new')}
      />
      <Stat
        label="Open issues"
        value={totals.open_issues.value}
        before={totals.open_issues.before}
        better="lower"
        href={list('unresolved')}
      />
      <Stat
        label="Median time to resolve"
        value={<Duration ms={time.median_ms.value} />}
        current={time.median_ms.value}
        before={time.median_ms.before}
        better="lower"
        hint="From first sight, or the last return, to the resolution"
      />
      <OutcomeStats rate={rate} recurrence={recurrence} />
      <RatioStat
        label="Knowledge coverage"
        figure={coverage.rate}
        better="higher"
        hint="Of the events of this period, those whose fix is known"
      />
    </StatRow>
  );
}
