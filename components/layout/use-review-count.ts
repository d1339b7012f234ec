'use client';

import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/http/client';

/** Past this, the exact number no longer matters, and each one counted is one sent. */
const SHOWN = 20;

/** How many suggestions wait for review: `7`, `20+`; null for none, or while it is not known. */
export function useReviewCount(): string | null {
  const { data } = useQuery({
    queryKey: ['suggestions', 'pending-count'],
    queryFn: ({ signal }) =>
      api.get<{ data: unknown[] }>('/api/v1/suggestions', { status: 'pending', limit: SHOWN + 1 }, signal),
    select: (page) => page.data.length,
    refetchInterval: 60_000,
    refetchOnWindowFocus: true,
  });
  if (!data) return null;
  return data > SHOWN ? `${SHOWN}+` : String(data);
}
