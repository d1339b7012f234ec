'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';

/** Asks before a link leads away from words that are not saved. A closed tab is asked by the browser itself. */
export function LeaveGuard({ when }: { when: boolean }) {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    if (!when) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = (event.target as Element).closest?.('a[href]') as HTMLAnchorElement | null;
      if (!link || link.target || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const url = new URL(link.href);
      if (url.origin !== location.origin || url.pathname === location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(url.pathname + url.search + url.hash);
    };
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
    };
  }, [when]);

  return (
    <Dialog
      open={target !== null}
      onOpenChange={(open) => open || setTarget(null)}
      title="Leave without saving?"
      description="What you wrote stays in this browser and is offered again when you come back to edit."
      size="sm"
      footer={
        <>
          <Button onClick={() => setTarget(null)}>Stay</Button>
          <Button variant="primary" onClick={() => target && router.push(target)}>
            Leave
          </Button>
        </>
      }
    />
  );
}
