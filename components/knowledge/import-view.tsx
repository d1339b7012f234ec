'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Can } from '../layout/viewer';
import { Alert } from '../ui/alert';
import { Button, ButtonLink } from '../ui/button';
import { Page, PageHeader } from '../ui/page';
import { Progress } from '../ui/progress';
import { ImportDropzone } from './import-dropzone';
import { ImportLabels } from './import-labels';
import { ImportReport } from './import-report';
import { addFiles, importFiles } from './import-request';

/** Files in, what they would become, then the import itself. */
export function ImportView() {
  const [files, setFiles] = useState<File[]>([]);
  const client = useQueryClient();
  const preview = useMutation({
    mutationFn: (chosen: File[]) => importFiles(chosen, { dryRun: true, publish: false }),
  });
  const run = useMutation({
    mutationFn: (publish: boolean) => importFiles(files, { dryRun: false, publish }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['knowledge'] }),
  });
  const choose = (chosen: File[]) => {
    setFiles(chosen);
    run.reset();
    if (chosen.length > 0) preview.mutate(chosen);
    else preview.reset();
  };
  const busy = preview.isPending || run.isPending;
  const failure = run.error ?? preview.error;
  const report = run.data ?? preview.data;
  const brings = preview.data ? preview.data.totals.created + preview.data.totals.updated : 0;
  return (
    <Page>
      <PageHeader
        title="Import"
        description="Documents become entries and guide sections. Nothing in them is lost, and the same file twice changes nothing."
        actions={
          <>
            <ButtonLink href="/knowledge/packs">Packs</ButtonLink>
            {run.data ? <ButtonLink href="/knowledge">Go to knowledge</ButtonLink> : null}
          </>
        }
      />
      <div className="space-y-5">
        <ImportDropzone
          files={files}
          disabled={busy}
          onAdd={(added) => choose(addFiles(files, added))}
          onRemove={(name) => choose(files.filter((file) => file.name !== name))}
        />
        <div aria-live="polite" className="space-y-5">
          {busy ? <Progress value={null} label={run.isPending ? 'Importing' : 'Reading the files'} /> : null}
          {failure ? <Alert tone="critical">{failure.message}</Alert> : null}
          {run.data ? (
            <Alert tone={run.data.totals.invalid + run.data.totals.conflict > 0 ? 'warning' : 'success'}>
              Imported. {run.data.totals.created} created, {run.data.totals.updated} updated,{' '}
              {run.data.totals.unchanged} unchanged.
            </Alert>
          ) : null}
          {preview.data && !run.data && !failure ? (
            <div className="flex flex-wrap items-center gap-2">
              <p className="mr-auto text-muted text-sm">
                {brings === 0
                  ? 'These files bring no new or changed entry.'
                  : 'Nothing is stored yet. Drafts wait for review; published entries are matched to errors at once.'}
              </p>
              <Button loading={run.isPending && !run.variables} disabled={busy} onClick={() => run.mutate(false)}>
                Import as drafts
              </Button>
              <Can scope="review">
                <Button
                  variant="primary"
                  loading={run.isPending && run.variables}
                  disabled={busy}
                  onClick={() => run.mutate(true)}
                >
                  Import and publish
                </Button>
              </Can>
            </div>
          ) : null}
          {report && !preview.isPending && files.length > 0 ? <ImportReport report={report} /> : null}
        </div>
        <Can scope="review">
          <ImportLabels onChange={() => (files.length > 0 && !run.data ? preview.mutate(files) : undefined)} />
        </Can>
      </div>
    </Page>
  );
}
