import type { Breadcrumb } from '@/lib/ingest/event-schema';
import type { EventDetail } from '@/lib/issues/issue-schema';
import { RelativeTime } from '../ui/relative-time';

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** Names and values of a part of an event, as text. */
export function DataTable({ title, data }: { title: string; data: Record<string, unknown> | undefined }) {
  const rows = Object.entries(data ?? {});
  if (rows.length === 0) return null;
  return (
    <section className="mb-4 last:mb-0">
      <h3 className="mb-1 font-medium text-xs">{title}</h3>
      <dl className="overflow-hidden rounded-md border border-line text-xs">
        {rows.map(([name, value]) => (
          <div
            key={name}
            className="grid gap-x-3 border-line border-t px-3 py-1 first:border-t-0 sm:grid-cols-[180px_1fr]"
          >
            <dt className="break-words text-faint">{name}</dt>
            <dd className="min-w-0 whitespace-pre-wrap break-words font-mono">{asText(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What was sent along with an event, beside its stack. */
export function EventContext({ event }: { event: EventDetail }) {
  const contexts = Object.entries(event.contexts ?? {});
  return (
    <>
      <DataTable title="Tags" data={Object.fromEntries(event.tags)} />
      <DataTable title="User" data={event.user} />
      <DataTable title="Request" data={event.request} />
      <DataTable title="Additional data" data={event.extra} />
      {contexts.map(([name, value]) => (
        <DataTable
          key={name}
          title={name}
          data={value && typeof value === 'object' ? (value as Record<string, unknown>) : { [name]: value }}
        />
      ))}
      <DataTable title="Modules" data={event.modules} />
      <DataTable
        title="Event"
        data={{
          id: event.id,
          protocol: event.protocol,
          platform: event.platform,
          ...(event.transaction ? { transaction: event.transaction } : {}),
          ...(event.server_name ? { server_name: event.server_name } : {}),
          ...(event.logger ? { logger: event.logger } : {}),
          ...(event.sdk?.name ? { sdk: [event.sdk.name, event.sdk.version].filter(Boolean).join(' ') } : {}),
        }}
      />
    </>
  );
}

/** What happened before, latest first. */
export function Breadcrumbs({ items }: { items: readonly Breadcrumb[] }) {
  return (
    <ol className="overflow-hidden rounded-md border border-line text-xs">
      {[...items].reverse().map((item, index) => (
        <li
          key={index}
          className="grid gap-x-3 border-line border-t px-3 py-1.5 first:border-t-0 sm:grid-cols-[110px_120px_1fr]"
        >
          <span className="text-faint">
            <RelativeTime value={item.timestamp} />
          </span>
          <span className="truncate text-muted">{item.category ?? item.type ?? ''}</span>
          <span className="min-w-0 break-words font-mono">
            {item.message ?? ''}
            {item.data ? <span className="text-faint"> {asText(item.data)}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
