'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/lib/http/client';
import type { SourceMapRelease } from '@/lib/source-maps/source-map-schema';
import { CodeBlock } from '../ui/code-block';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorState } from '../ui/error-state';
import { IconButton } from '../ui/icon-button';
import { RelativeTime } from '../ui/relative-time';
import { SkeletonRows } from '../ui/skeleton';
import { Cell, HeaderCell, Row, Table, TableHeader } from '../ui/table';
import { toastError } from '../ui/toast';
import { sourceMapsQuery } from './queries';

const size = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} kB`
    : `${Math.round(bytes / 1024 / 1024).toLocaleString('en-US')} MB`;

const nameOf = ({ release, dist }: SourceMapRelease): string =>
  `${release || 'by debug id'}${dist ? `, build ${dist}` : ''}`;

/** Releases of a project that have source maps, and how to upload more. */
export function SourceMaps({ projectId, slug }: { projectId: number; slug: string }) {
  const { data, error, refetch } = useQuery(sourceMapsQuery(projectId));
  const [deleting, setDeleting] = useState<SourceMapRelease | null>(null);
  if (error)
    return (
      <ErrorState title="The source maps could not be loaded" why={error.message} onRetry={() => void refetch()} />
    );
  if (!data) return <SkeletonRows rows={3} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {data.data.length === 0 ? <p className="text-muted text-sm">No source maps were uploaded yet.</p> : null}
      {data.data.length > 0 ? (
        <Table>
          <TableHeader>
            <HeaderCell>Release</HeaderCell>
            <HeaderCell align="right">Scripts</HeaderCell>
            <HeaderCell align="right">Size</HeaderCell>
            <HeaderCell>Uploaded</HeaderCell>
            <HeaderCell>Last asked for</HeaderCell>
            <HeaderCell align="right">
              <span className="sr-only">Delete</span>
            </HeaderCell>
          </TableHeader>
          <tbody>
            {data.data.map((release) => (
              <Row key={`${release.release}\n${release.dist}`}>
                <Cell className="break-all font-mono text-xs">{nameOf(release)}</Cell>
                <Cell align="right" className="tabular-nums">
                  {release.scripts}
                </Cell>
                <Cell align="right" className="whitespace-nowrap tabular-nums">
                  {size(release.bytes)}
                </Cell>
                <Cell className="whitespace-nowrap text-muted">
                  <RelativeTime value={release.uploaded_at} />
                </Cell>
                <Cell className="whitespace-nowrap text-muted">
                  {release.used_at > release.uploaded_at ? <RelativeTime value={release.used_at} /> : 'not yet'}
                </Cell>
                <Cell align="right">
                  <IconButton
                    label={`Delete the source maps of ${nameOf(release)}`}
                    size="sm"
                    icon={<Trash2 />}
                    onClick={() => setDeleting(release)}
                  />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      ) : null}
      <div>
        <p className="mb-1.5 text-faint text-xs">
          Upload them from your build, with a token that may write. Sentry’s command line and bundler plugins work as
          well: point them at this address, with any organization.
        </p>
        <CodeBlock
          code={`errata sourcemaps upload --project ${slug} --release VERSION dist/\n\nSENTRY_URL=ADDRESS SENTRY_AUTH_TOKEN=TOKEN sentry-cli sourcemaps upload \\\n  --org errata --project ${slug} --release VERSION dist/`}
          language="bash"
        />
      </div>
      <DeleteRelease projectId={projectId} release={deleting} onClose={() => setDeleting(null)} />
    </div>
  );
}

interface DeleteReleaseProps {
  projectId: number;
  release: SourceMapRelease | null;
  onClose: () => void;
}

function DeleteRelease({ projectId, release, onClose }: DeleteReleaseProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: ({ release: version, dist }: SourceMapRelease) =>
      // Both are said even where they are empty: those known by debug id, and the one build.
      api.delete(`/api/v1/projects/${projectId}/source-maps?${new URLSearchParams({ release: version, dist })}`),
    onError: (error) => toastError(error, 'The source maps were not deleted'),
    onSettled: () => {
      onClose();
      return queryClient.invalidateQueries(sourceMapsQuery(projectId));
    },
  });
  return (
    <ConfirmDialog
      open={release !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Delete source maps"
      description={
        release
          ? `Events of ${nameOf(release)} that come from now on are shown minified. Those already mapped stay as they are.`
          : ''
      }
      confirmLabel="Delete source maps"
      loading={remove.isPending}
      onConfirm={() => release && remove.mutate(release)}
    />
  );
}
