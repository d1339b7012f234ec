import type { EventDetail } from '@/lib/issues/issue-schema';

const KINDS: Record<string, string> = {
  fingerprint: 'Fingerprint sent by the client',
  type: 'Type',
  message: 'Message',
  template: 'Message template',
  frame: 'Frame',
  logger: 'Logger',
  service: 'Service',
};

/** What was hashed to put an event into its issue, and what was left out of it. */
export function WhyHere({ grouping }: { grouping: EventDetail['grouping'] }) {
  return (
    <div className="text-xs">
      <p className="mb-2 text-muted">
        Events with the same parts share an issue. Grouping {grouping.version || 'unknown'}, hash{' '}
        <code className="break-all">{grouping.hash}</code>.
      </p>
      {grouping.parts.length === 0 ? (
        <p className="text-faint">The parts of this grouping were not kept.</p>
      ) : (
        <ol className="overflow-hidden rounded-md border border-line">
          {grouping.parts.map((part, index) => (
            <li
              key={index}
              className="grid gap-x-3 border-line border-t px-3 py-1.5 first:border-t-0 sm:grid-cols-[160px_1fr]"
            >
              <span className="text-faint">{KINDS[part.kind] ?? part.kind}</span>
              <span className="min-w-0 break-words font-mono">
                {part.value}
                {part.raw && part.raw !== part.value ? <span className="block text-faint">was: {part.raw}</span> : null}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
