'use client';

import type { LearningScore } from '@/lib/learning/score-schema';
import { TimeSeries } from '../charts/time-series';
import { TrendsPage } from '../trends/trends-page';
import { Card } from '../ui/card';
import { Duration } from '../ui/duration';
import { Stat, StatRow } from '../ui/stat';
import { CalibrationCard } from './calibration-card';
import { MergesCard } from './merges-card';
import { PassesCard } from './passes-card';
import { PatternsCard } from './patterns-card';
import { VerdictsCard } from './verdicts-card';

/** How well Errata knows, suggests and drafts, and what it found. */
export function LearningView({ score }: { score: LearningScore }) {
  const { coverage, precision, first_suggestion: first, drafts, times } = score;
  return (
    <TrendsPage tab="learning">
      <StatRow className="mb-4 sm:grid-cols-5">
        <Stat
          label="Coverage"
          value={coverage.value ?? '–'}
          current={coverage.value}
          before={coverage.before}
          better="higher"
          hint="Of the events of this period, those whose issue had a published fix when they came"
          ratio
        />
        <Stat
          label="Precision at review"
          value={precision.value ?? '–'}
          current={precision.value}
          before={precision.before}
          better="higher"
          hint={`${precision.accepted} accepted, ${precision.rejected} rejected`}
          ratio
        />
        <Stat
          label="Calibration error"
          value={score.calibration.error ?? '–'}
          hint="Mean distance between how sure suggestions were and how often they were right"
          ratio
        />
        <Stat
          label="To the first suggestion"
          value={<Duration ms={first.median_ms.value} />}
          current={first.median_ms.value}
          before={first.median_ms.before}
          better="lower"
          hint="Median, from the first event of an issue"
        />
        <Stat
          label="Drafts accepted"
          value={drafts.accepted + drafts.rejected > 0 ? drafts.accepted / (drafts.accepted + drafts.rejected) : '–'}
          hint={`${drafts.made} made, ${drafts.accepted} accepted (${drafts.edited} edited), ${drafts.rejected} rejected`}
          ratio
        />
      </StatRow>
      <div className="space-y-4">
        <div className="grid gap-4 lg:grid-cols-2">
          <Card>
            <TimeSeries
              title="Coverage and precision"
              description="Share of events with a fix when they came; share of suggestions accepted"
              kind="line"
              unit="ratio"
              times={times}
              series={[
                { key: 'coverage', label: 'Coverage', values: coverage.trend, color: 'var(--chart-1)' },
                { key: 'precision', label: 'Precision', values: precision.trend, color: 'var(--success)' },
              ]}
              height={180}
            />
          </Card>
          <CalibrationCard calibration={score.calibration} />
          <Card>
            <TimeSeries
              title="Drafts"
              description={draftsLine(drafts)}
              kind="bar"
              times={times}
              series={[
                { key: 'made', label: 'Made', values: drafts.made_trend, color: 'var(--violet)' },
                { key: 'accepted', label: 'Accepted', values: drafts.accepted_trend, color: 'var(--success)' },
                { key: 'rejected', label: 'Rejected', values: drafts.rejected_trend, color: 'var(--neutral)' },
              ]}
              height={180}
            />
          </Card>
          <Card>
            <TimeSeries
              title="Time to the first suggestion"
              description={
                first.issues === 0
                  ? 'No suggestion in this period'
                  : `Median of ${first.issues} ${first.issues === 1 ? 'issue' : 'issues'}`
              }
              kind="line"
              unit="duration"
              times={times}
              series={[{ key: 'waited', label: 'Median', values: first.trend_ms, color: 'var(--info)' }]}
              height={180}
            />
          </Card>
        </div>
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <VerdictsCard verdicts={score.verdicts} />
          <PassesCard />
        </div>
        <MergesCard />
        <PatternsCard />
      </div>
    </TrendsPage>
  );
}

function draftsLine({ made, accepted, edited, rejected, pending, median_edit }: LearningScore['drafts']): string {
  if (made + accepted + rejected + pending === 0) return 'None in this period';
  const changed = median_edit === null ? '' : `, ${Math.round(median_edit * 100)}% of the words changed at the median`;
  return `${made} made · ${accepted} accepted, ${edited} of them edited${changed} · ${rejected} rejected · ${pending} waiting`;
}
