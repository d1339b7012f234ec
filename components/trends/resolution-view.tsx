import type {
  FixOutcomes,
  LearningProgress,
  NewVsResolved,
  OpenIssueAge,
  Recurrence,
  ResolutionRate,
  TimeToResolve,
} from '@/lib/analytics/analytics-schema';
import { BarList } from '../charts/bar-list';
import { TimeSeries } from '../charts/time-series';
import { LEVEL_COLORS } from '../issues/issue-badges';
import { FixesCard } from '../overview/fixes-card';
import { Card } from '../ui/card';
import { Duration } from '../ui/duration';
import { Stat, StatRow } from '../ui/stat';
import { OutcomeStats } from './outcome-stats';
import { FlowChart, ResolutionRateChart } from './resolution-charts';
import { TrendsPage } from './trends-page';

export interface ResolutionViewProps {
  rate: ResolutionRate;
  flow: NewVsResolved;
  time: TimeToResolve;
  recurrence: Recurrence;
  ages: OpenIssueAge;
  fixes: FixOutcomes;
  learning: LearningProgress;
}

const AGES: Record<OpenIssueAge['ages'][number]['age'], string> = {
  day: 'Under a day',
  week: '1 to 7 days',
  month: '7 to 30 days',
  quarter: '30 to 90 days',
  older: 'Over 90 days',
};

const AGE_QUERY: Record<keyof typeof AGES, string> = {
  day: 'age:<1d',
  week: 'age:>1d age:<7d',
  month: 'age:>7d age:<30d',
  quarter: 'age:>30d age:<90d',
  older: 'age:>90d',
};

const HEIGHT = 200;

/** How fast errors are resolved, and whether they stay so. */
export function ResolutionView(props: ResolutionViewProps) {
  const { rate, flow, time, recurrence, ages, fixes, learning } = props;
  return (
    <TrendsPage tab="resolution">
      <StatRow className="mb-4 sm:grid-cols-3 lg:grid-cols-6">
        <OutcomeStats rate={rate} recurrence={recurrence} />
        <Stat
          label="Median time to resolve"
          value={<Duration ms={time.median_ms.value} />}
          current={time.median_ms.value}
          before={time.median_ms.before}
          better="lower"
        />
        <Stat
          label="90% resolved within"
          value={<Duration ms={time.p90_ms.value} />}
          current={time.p90_ms.value}
          before={time.p90_ms.before}
          better="lower"
        />
        <Stat
          label="Median age of open issues"
          value={<Duration ms={ages.median_ms} />}
          hint="Of the issues open at the end of the period"
        />
      </StatRow>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <ResolutionRateChart rate={rate} height={HEIGHT} />
        <FlowChart flow={flow} height={HEIGHT} />
        <Card>
          <TimeSeries
            title="Time to resolve"
            description="By when it was resolved"
            kind="bar"
            unit="duration"
            times={time.times}
            series={[{ key: 'median', label: 'Median', values: time.median_trend, color: 'var(--chart-1)' }]}
            height={HEIGHT}
          />
        </Card>
        <Card>
          <TimeSeries
            title="Recurrence"
            description="Resolutions, by whether the error came back"
            kind="bar"
            times={recurrence.times}
            series={[
              {
                key: 'stayed',
                label: 'Stayed away',
                values: recurrence.resolutions_trend.map((all, i) => all - (recurrence.recurred_trend[i] ?? 0)),
                color: 'var(--success)',
              },
              { key: 'recurred', label: 'Came back', values: recurrence.recurred_trend, color: 'var(--critical)' },
            ]}
            height={HEIGHT}
          />
        </Card>
        <Card>
          <BarList
            title="Time to resolve by level"
            description="Median"
            nameLabel="Level"
            valueLabel="Median"
            unit="duration"
            height={HEIGHT}
            items={time.by_level.map(({ level, median_ms, resolutions, p90_ms }) => ({
              key: level,
              label: level,
              value: median_ms,
              color: LEVEL_COLORS[level],
              meta: (
                <span className="text-2xs text-faint">
                  {resolutions} resolved, 90% within <Duration ms={p90_ms} />
                </span>
              ),
            }))}
          />
        </Card>
        <Card>
          <BarList
            title="Age of open issues"
            description="Since they were first seen"
            nameLabel="Age"
            valueLabel="Issues"
            height={HEIGHT}
            items={ages.ages.map(({ age, issues, stale }) => ({
              key: age,
              label: AGES[age],
              value: issues,
              href: `/issues?${new URLSearchParams({ status: 'unresolved', sort: 'first_seen', query: AGE_QUERY[age] })}`,
              meta: stale > 0 ? <span className="text-2xs text-faint">{stale} silent for two weeks</span> : null,
            }))}
          />
        </Card>
        <div className="lg:col-span-2">
          <FixesCard fixes={fixes} learning={learning} />
        </div>
      </div>
    </TrendsPage>
  );
}
