import { Fragment } from 'react';

export interface HighlightedProps {
  text: string;
  /** Start and end (exclusive) of what answers the query, in order, not overlapping. */
  ranges: readonly (readonly [start: number, end: number])[];
}

/** Plain text with some stretches marked. */
export function Highlighted({ text, ranges }: HighlightedProps) {
  let at = 0;
  return (
    <>
      {ranges.map(([start, end]) => {
        const before = text.slice(at, start);
        at = end;
        return (
          <Fragment key={start}>
            {before}
            <mark className="rounded-[2px] bg-warning-soft text-inherit">{text.slice(start, end)}</mark>
          </Fragment>
        );
      })}
      {text.slice(at)}
    </>
  );
}
