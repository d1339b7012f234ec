import type { Metadata } from 'next';
import { PlainPage } from '@/components/layout/plain-page';
import { ButtonLink } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <PlainPage title="There is no such page" description="The address may be cut short, or the page has moved.">
      <ButtonLink href="/">Go to the overview</ButtonLink>
    </PlainPage>
  );
}
