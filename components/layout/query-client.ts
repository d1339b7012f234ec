import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/lib/http/client';
import { toastFailure } from '../ui/toast';

const MAX_RETRIES = 2;

/** What the caller did wrong stays wrong; a server or network that stumbled may have recovered. */
const retryable = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status === 0 || error.status >= 500;

/** Says so once and leaves the page as it is: what was being written must not be lost. */
function tellSessionEnded(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 401) return;
  toastFailure('Your session has ended', {
    id: 'session-ended',
    description: 'Sign in again in another tab, then go on here.',
    duration: Number.POSITIVE_INFINITY,
    action: { label: 'Sign in', onClick: () => window.open('/sign-in', '_blank', 'noopener') },
  });
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: tellSessionEnded }),
    mutationCache: new MutationCache({ onError: tellSessionEnded }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < MAX_RETRIES && retryable(error),
      },
      mutations: { retry: false },
    },
  });
}
