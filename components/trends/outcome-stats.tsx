import type { Recurrence, ResolutionRate } from '@/lib/analytics/analytics-schema';
import { RatioStat } from '../ui/ratio-stat';

/** Whether what was resolved is resolved: said so, seen to be so, and not so after all. Stands in a `StatRow`. */
export function OutcomeStats({ rate, recurrence }: { rate: ResolutionRate; recurrence: Recurrence }) {
  return (
    <>
      <RatioStat
        label="Claimed resolved"
        figure={rate.claimed}
        better="higher"
        hint="Of all known issues, those somebody marked resolved"
      />
      <RatioStat
        label="Verified resolved"
        figure={rate.verified}
        better="higher"
        hint="Of all known issues, those whose fix was seen to hold"
      />
      <RatioStat
        label="Recurrence"
        figure={recurrence.rate}
        better="lower"
        hint="Of the resolutions of this period, those that came back"
      />
    </>
  );
}
