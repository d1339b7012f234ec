import type { Breakdown } from '@/lib/analytics/analytics-schema';
import { BarList } from '../charts/bar-list';
import { LEVEL_COLORS } from '../issues/issue-badges';
import { Card } from '../ui/card';
import { changeRatio } from '../ui/format';
import { listHref } from './list-href';
import type { PointParams } from './queries';

export interface BreakdownCardProps {
  title: string;
  by: 'service' | 'type' | 'level' | 'environment';
  rows: Breakdown['data'];
  /** The filters of the page; a row leads to the issues behind it. */
  point: PointParams;
  height: number;
}

/** Events by one property, each with its change against the period before, each leading to its issues. */
export function BreakdownCard({ title, by, rows, point, height }: BreakdownCardProps) {
  return (
    <Card>
      <BarList
        title={title}
        nameLabel={title.replace(/^By /, '')}
        valueLabel="Events"
        mono={by === 'type'}
        height={height}
        items={rows.map((row) => ({
          key: row.key,
          label: row.key || 'none',
          value: row.events,
          href: listHref({ ...point, [by]: row.key }),
          meta: <Change now={row.events} before={row.before} />,
          ...(by === 'level' ? { color: LEVEL_COLORS[row.key] } : {}),
        }))}
      />
    </Card>
  );
}

/** Beyond this the change is told as a factor. */
const TENFOLD = 10;

function Change({ now, before }: { now: number; before: number }) {
  const change = changeRatio(now, before);
  if (change === null) return <span className="text-2xs text-faint">new</span>;
  if (Math.abs(change) < 0.01) return null;
  const text =
    change > TENFOLD ? `${Math.round(change + 1)}×` : `${change > 0 ? '+' : '−'}${Math.abs(Math.round(change * 100))}%`;
  return (
    <span className="text-2xs text-faint tabular-nums" title={`${before} in the period before`}>
      {text}
    </span>
  );
}
