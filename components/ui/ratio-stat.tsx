import { Stat } from './stat';

/** A share with its change in percentage points; a dash where nothing is known. */
export function RatioStat({
  label,
  figure,
  better,
  hint,
}: {
  label: string;
  figure: { value: number | null; before: number | null };
  better: 'lower' | 'higher';
  hint: string;
}) {
  return (
    <Stat
      label={label}
      value={figure.value ?? '–'}
      current={figure.value}
      before={figure.before}
      better={better}
      hint={hint}
      ratio
    />
  );
}
