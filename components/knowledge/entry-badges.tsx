import { CircleAlert, Hourglass } from 'lucide-react';
import { STATUS_LABELS } from '@/lib/knowledge/entry-state';
import { type EntryStatus, SEVERITIES, type Severity } from '@/lib/knowledge/entry-words';
import { Badge, type Tone } from '../ui/badge';

const STATUS_TONE: Record<EntryStatus, Tone> = {
  draft: 'neutral',
  in_review: 'violet',
  published: 'success',
  retired: 'neutral',
};

const SEVERITY_TONE: Record<Severity, Tone> = {
  low: 'neutral',
  medium: 'info',
  high: 'warning',
  critical: 'critical',
};

export const SEVERITY_LABELS: Record<Severity, string> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};
export const isSeverity = (value: string): value is Severity => (SEVERITIES as readonly string[]).includes(value);

/** Status of an entry, with what speaks against it. */
export function EntryStatusBadges({
  status,
  disputed,
  stale,
}: {
  status: EntryStatus;
  disputed: boolean;
  stale: boolean;
}) {
  return (
    <span className="inline-flex items-center gap-1">
      <Badge tone={STATUS_TONE[status]} dot>
        {STATUS_LABELS[status]}
      </Badge>
      {disputed ? (
        <Badge tone="error" icon={<CircleAlert />} title="A fix made from it recurred">
          Disputed
        </Badge>
      ) : null}
      {stale ? (
        <Badge tone="warning" icon={<Hourglass />} title="Its review date has passed">
          Stale
        </Badge>
      ) : null}
    </span>
  );
}

export function SeverityBadge({ severity }: { severity: Severity | null }) {
  if (!severity) return <span className="text-faint">–</span>;
  return (
    <Badge tone={SEVERITY_TONE[severity]} quiet dot>
      {SEVERITY_LABELS[severity]}
    </Badge>
  );
}
