import { Paperclip } from 'lucide-react';
import type { EventDetail } from '@/lib/issues/issue-schema';

const UNITS = ['bytes', 'KB', 'MB'] as const;

function formatSize(bytes: number): string {
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return `${step === 0 ? bytes : (bytes / 1000 ** step).toFixed(1)} ${UNITS[step]}`;
}

/** Files that came with an event, to save: what a stranger sent is never opened in the page. */
export function EventFiles({ event: { id, attachments } }: { event: Pick<EventDetail, 'id' | 'attachments'> }) {
  if (attachments.length === 0) return null;
  return (
    <ul aria-label="Attachments" className="flex flex-wrap gap-2 px-4 pb-2">
      {attachments.map((file) => (
        <li key={file.id} className="min-w-0 max-w-full">
          <a
            href={`/api/v1/events/${id}/attachments/${file.id}`}
            download={file.filename}
            title={`${file.filename} (${file.content_type})`}
            className="flex h-7 items-center gap-1.5 rounded-md border border-line px-2 text-xs hover:bg-hover"
          >
            <Paperclip aria-hidden className="size-3.5 shrink-0 text-faint" />
            <span className="truncate font-mono">{file.filename}</span>
            <span className="shrink-0 text-faint tabular-nums">{formatSize(file.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
