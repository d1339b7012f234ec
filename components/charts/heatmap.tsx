'use client';

import { formatExact } from '../ui/format';
import { ChartFrame, type ChartFrameProps } from './chart-frame';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const HEIGHT = 236;

export interface HeatmapProps extends Pick<ChartFrameProps, 'title' | 'description' | 'controls'> {
  /** Seven rows, Monday first, of 24 figures. */
  hours: readonly (readonly number[])[];
  /** What is counted: "events". */
  noun: string;
}

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

/** Weekday against hour of the day, darker where there is more. Each square tells its figure. */
export function Heatmap({ title, description, controls, hours, noun }: HeatmapProps) {
  const highest = Math.max(1, ...hours.flat());
  return (
    <ChartFrame
      title={title}
      description={description}
      controls={controls}
      height={HEIGHT}
      table={{
        columns: [{ label: 'Day' }, ...HOURS.map((hour) => ({ label: clock(hour) }))],
        rows: DAYS.map((day, index) => [day, ...HOURS.map((hour) => hours[index]?.[hour] ?? 0)]),
      }}
    >
      <div
        role="img"
        aria-label={`${title}: most ${noun} ${busiest(hours)}`}
        className="grid h-full grid-cols-[2.25rem_repeat(24,minmax(0,1fr))] grid-rows-[repeat(7,minmax(0,1fr))_1.25rem] gap-px px-4 pb-3 text-2xs text-faint"
      >
        {DAYS.map((day, row) => [
          <span key={day} className="self-center">
            {day}
          </span>,
          ...HOURS.map((hour) => {
            const value = hours[row]?.[hour] ?? 0;
            // The root of the share: quiet hours stay apart from silent ones beside one loud peak.
            const strength = value === 0 ? 0 : 12 + 88 * Math.sqrt(value / highest);
            return (
              <span
                key={`${day}${hour}`}
                title={`${day} ${clock(hour)} – ${clock((hour + 1) % 24)}: ${formatExact(value)} ${noun}`}
                className="rounded-[2px]"
                style={{ background: `color-mix(in oklch, var(--accent) ${strength}%, var(--sunken))` }}
              />
            );
          }),
        ])}
        <span />
        {HOURS.map((hour) => (
          <span key={hour} className="self-end overflow-visible whitespace-nowrap tabular-nums">
            {hour % 6 === 0 ? clock(hour) : ''}
          </span>
        ))}
      </div>
    </ChartFrame>
  );
}

function busiest(hours: HeatmapProps['hours']): string {
  const all = hours.flatMap((row, day) => row.map((value, hour) => ({ value, day, hour })));
  const top = all.reduce((best, each) => (each.value > best.value ? each : best), { value: 0, day: 0, hour: 0 });
  return top.value === 0 ? 'never' : `on ${DAYS[top.day]} at ${clock(top.hour)} (${formatExact(top.value)})`;
}
