import { Button } from '../ui/button';
import { Popover } from '../ui/popover';

const EXAMPLES: [string, string][] = [
  ['is:regressed', 'new, ongoing, escalating, resolved, muted, assigned, …'],
  ['service:api', 'of one service; release:, environment:, type: and project: alike'],
  ['level:>=error', 'this level or graver'],
  ['release:1.4.*', '* stands for anything'],
  ['age:<7d', 'first seen within seven days; lastSeen:>30d, firstSeen:>2026-05-01'],
  ['events:>100', 'more events than; users:>10'],
  ['has:fix', 'with a known fix'],
  ['tag.browser:Safari', 'an event had the tag'],
  ['assigned:me', 'or none, a name, an e-mail'],
  ['-environment:staging', 'a minus takes away'],
  ['"pool exhausted"', 'words of the error, also of its stack'],
];

/** What can be asked, by example. */
export function QuerySyntax() {
  return (
    <Popover align="end" className="w-96 max-w-[calc(100vw-2rem)]" trigger={<Button variant="ghost">Syntax</Button>}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1.5 text-xs">
        {EXAMPLES.map(([example, meaning]) => (
          <div key={example} className="contents">
            <dt className="whitespace-nowrap font-mono">{example}</dt>
            <dd className="text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
