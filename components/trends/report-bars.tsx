import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import { formatExact } from '../ui/format';

/** A bar a day with its figure, as a table: what a mail or a printer makes of it is still right. */
export function ReportBars({
  times,
  values,
  zone,
}: {
  times: readonly string[];
  values: readonly number[];
  zone: string;
}) {
  const highest = Math.max(1, ...values);
  return (
    <table className="w-full border-collapse text-xs tabular-nums">
      <tbody>
        {times.map((time, index) => {
          const value = values[index] ?? 0;
          return (
            <tr key={time}>
              <th scope="row" className="w-20 py-0.5 text-left font-normal text-muted">
                {format(new TZDate(Date.parse(time), zone), 'EEE d MMM')}
              </th>
              <td className="py-0.5">
                <div
                  className="h-3.5 rounded-sm bg-accent"
                  style={{
                    width: `${(value / highest) * 100}%`,
                    minWidth: value > 0 ? 2 : 0,
                    printColorAdjust: 'exact',
                  }}
                />
              </td>
              <td className="w-20 py-0.5 text-right">{formatExact(value)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
