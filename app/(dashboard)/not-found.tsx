import { FileQuestionMark } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Page } from '@/components/ui/page';

export default function NotFound() {
  return (
    <Page>
      <h1 className="sr-only">Not found</h1>
      <EmptyState icon={<FileQuestionMark />} action={<ButtonLink href="/issues">Go to issues</ButtonLink>}>
        There is nothing at this address. It may have been merged or removed, or the link is cut short.
      </EmptyState>
    </Page>
  );
}
