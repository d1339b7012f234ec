'use client';

import { Download } from 'lucide-react';
import type { EventDetail } from '@/lib/issues/issue-schema';
import { Button } from '../ui/button';
import { CodeBlock } from '../ui/code-block';

/** The event as its client sent it, to read and to save. */
export function RawEvent({ event }: { event: EventDetail }) {
  const json = JSON.stringify(event.raw ?? event, null, 2);
  const save = () => {
    const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${event.issue_id}-${event.id}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  return (
    <>
      <div className="mb-2 flex justify-end">
        <Button size="sm" icon={<Download />} onClick={save}>
          Download JSON
        </Button>
      </div>
      <CodeBlock code={json} language="json" maxHeight={600} />
    </>
  );
}
