'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReleaseDetail } from '@/lib/analytics/release-schema';
import { TimeSeries } from '../charts/time-series';
import { useFilterSearch } from '../layout/use-filters';
import { Badge } from '../ui/badge';
import { ButtonLink } from '../ui/button';
import { Card } from '../ui/card';
import { formatPercent } from '../ui/format';
import { Page, PageHeader } from '../ui/page';
import { RelativeTime } from '../ui/relative-time';
import { Stat, StatRow } from '../ui/stat';
import { releasePath } from './crash-free';
import { CrashFreeRate } from './crash-free-rate';
import { ReleaseIssues } from './release-issues';

/** One release: how its sessions ended, what it broke and what it mended. */
export function ReleaseView({ release }: { release: ReleaseDetail }) {
  const search = useFilterSearch();
  const { sessions } = release;
  return (
    <Page>
      <PageHeader
        title={<span className="font-mono">{release.version}</span>}
        meta={<Badge quiet>{release.project}</Badge>}
        description={
          <>
            {release.first_event ? (
              <>
                First event <RelativeTime value={release.first_event} />, last{' '}
                <RelativeTime value={release.last_event} />.
              </>
            ) : (
              'No event came from it, only sessions.'
            )}
            {release.previous ? (
              <>
                {' '}
                After{' '}
                <Link
                  className="break-all font-mono text-accent-fg text-xs hover:underline"
                  href={releasePath({ project: release.project, version: release.previous }, search)}
                >
                  {release.previous}
                </Link>
                .
              </>
            ) : null}
          </>
        }
        actions={
          <ButtonLink variant="ghost" size="sm" icon={<ArrowLeft />} href={`/releases${search}`}>
            Releases
          </ButtonLink>
        }
      />
      <div className="space-y-4">
        <StatRow>
          <Stat
            label="Crash-free sessions"
            hint="Sessions of the period that did not crash"
            value={<CrashFreeRate rate={release.crash_free_rate} />}
          />
          <Stat label="Sessions" value={sessions.started} />
          <Stat label="Crashed" value={sessions.crashed} />
          <Stat label="With handled errors" value={sessions.errored} />
          <Stat
            label="Adoption"
            hint="Its share of the project's sessions in the period"
            value={release.adoption === null ? '–' : formatPercent(release.adoption)}
          />
          <Stat label="Events since its first" value={release.events} />
        </StatRow>
        {sessions.started > 0 ? (
          <Card>
            <TimeSeries
              title="Sessions by day"
              kind="bar"
              times={release.days.map(({ day }) => `${day}T00:00:00.000Z`)}
              series={[
                {
                  key: 'crashed',
                  label: 'Crashed',
                  color: 'var(--critical)',
                  values: release.days.map((day) => day.crashed),
                },
                {
                  key: 'others',
                  label: 'Without a crash',
                  color: 'var(--accent)',
                  values: release.days.map((day) => Math.max(0, day.started - day.crashed)),
                },
              ]}
              height={180}
            />
          </Card>
        ) : null}
        <div className="grid gap-4 lg:grid-cols-2">
          <ReleaseIssues
            title="New in it"
            description="Issues that were seen in this release first."
            issues={release.new}
            none="It brought no new issue."
          />
          <ReleaseIssues
            title="Resolved in it"
            description="Issues that somebody resolved with this release."
            issues={release.resolved}
            none="No issue was resolved with it."
          />
        </div>
      </div>
    </Page>
  );
}
