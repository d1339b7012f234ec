'use client';

import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';

export default function DashboardError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Page>
      <ErrorState
        title="This page could not be shown"
        why={
          error.digest ? (
            <>
              Something went wrong on our side. The server log has it under{' '}
              <code className="font-mono text-fg">{error.digest}</code>.
            </>
          ) : (
            'Something went wrong in the browser.'
          )
        }
        next="Try again; if it stays, reload the page or tell your operator."
        onRetry={reset}
      />
    </Page>
  );
}
