import { SCENARIOS, type Scenario } from './clients';

/** `missing`: the toolchain is not there; `none`: the SDK has no such thing. */
export type Outcome = { state: 'ok' | 'none' | 'missing' } | { state: 'failed'; reasons: string[] };

export interface Row {
  client: string;
  /** As the SDK names itself in what it sends, and the language's tools. */
  versions: string;
  outcomes: Record<Scenario, Outcome>;
}

const MARKS: Record<Outcome['state'], string> = { ok: '✓', none: '–', missing: 'not run', failed: '✗' };

/** A table in Markdown, and below it why. */
export function renderReport(rows: readonly Row[]): string {
  const table = [
    ['client', 'versions', ...SCENARIOS],
    ...rows.map(({ client, versions, outcomes }) => [
      client,
      versions,
      ...SCENARIOS.map((scenario) => MARKS[outcomes[scenario].state]),
    ]),
  ];
  const widths = table[0]!.map((_, column) => Math.max(3, ...table.map((cells) => cells[column]!.length)));
  const lines = table.map((cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  const reasons = rows.flatMap(({ client, outcomes }) =>
    SCENARIOS.flatMap((scenario) => {
      const outcome = outcomes[scenario];
      return outcome.state === 'failed' ? outcome.reasons.map((why) => `✗ ${client}, ${scenario}: ${why}`) : [];
    }),
  );
  return [...lines, ...(reasons.length > 0 ? ['', ...reasons] : [])].join('\n');
}

export const hasFailed = (rows: readonly Row[]): boolean =>
  rows.some(({ outcomes }) => Object.values(outcomes).some(({ state }) => state === 'failed'));
