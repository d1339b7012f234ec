import { Radio, Upload } from 'lucide-react';
import { Can } from '../layout/viewer';
import { LoadDemoButton } from '../setup/load-demo-button';
import { ButtonLink } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page, PageHeader } from '../ui/page';

/** Before the first event: where to go next. */
export function EmptyOverview() {
  return (
    <Page>
      <PageHeader title="Overview" />
      <EmptyState
        icon={<Radio />}
        action={
          <Can scope="write">
            <div className="flex flex-wrap justify-center gap-2">
              <ButtonLink href="/setup/connect" variant="primary">
                Send the first error
              </ButtonLink>
              <ButtonLink href="/knowledge/import" icon={<Upload />}>
                Import your Markdown
              </ButtonLink>
              <Can scope="admin">
                <LoadDemoButton />
              </Can>
            </div>
          </Can>
        }
      >
        No error has arrived yet. Connect a service, or bring the error logs your team keeps.
      </EmptyState>
    </Page>
  );
}
