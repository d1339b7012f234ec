'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { ZONE_COOKIE } from './zone';

/**
 * Tells the server the viewer's time zone, so that its charts begin their days where the viewer's days begin. `known` is
 * what the server rendered with; the page is asked for once more where that was wrong (a first visit, or a journey).
 */
export function ZoneCookie({ known }: { known: string | undefined }) {
  const router = useRouter();
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || zone === known) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet.
    document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
    if (known !== undefined || zone !== 'UTC') router.refresh();
  }, [known, router]);
  return null;
}
