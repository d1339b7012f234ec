import type { Metadata } from 'next';
import { PrintView } from '@/components/guide/print-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { guideFilterSchema } from '@/lib/guide/guide-schema';
import { loadGuide } from '@/lib/guide/load-guide.server';
import { renderGuide } from '@/lib/guide/render-guide';

export const metadata: Metadata = { title: 'Guide, to print' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function GuidePrintPage({ searchParams }: { searchParams: Search }) {
  const viewer = await getViewer();
  const parsed = guideFilterSchema.safeParse(await searchParams);
  const filter = parsed.success ? parsed.data : {};
  return <PrintView markdown={renderGuide(await loadGuide({ viewer, filter, now: new Date() }))} />;
}
