'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, FileText } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/lib/http/client';
import { ButtonLink } from '../ui/button';
import { Card } from '../ui/card';
import { CodeBlock } from '../ui/code-block';
import { CopyButton } from '../ui/copy-button';
import { Segmented } from '../ui/segmented';
import { Spinner } from '../ui/spinner';
import { LoadDemoButton } from './load-demo-button';
import { snippets } from './snippets';

export interface ConnectViewProps {
  project: { slug: string; name: string };
  dsn: string;
  publicKey: string;
  origin: string;
  /** Sample data is an admin's to load. */
  canLoadDemo: boolean;
  canImport: boolean;
}

const POLL_MS = 2000;

/** DSN, copy-ready snippets, and the first event as it arrives. */
export function ConnectView({ project, dsn, publicKey, origin, canLoadDemo, canImport }: ConnectViewProps) {
  const all = snippets({ origin, key: publicKey, dsn });
  const [language, setLanguage] = useState(all[0]!.id);
  const snippet = all.find((each) => each.id === language) ?? all[0]!;
  return (
    <div className="flex flex-col gap-6">
      <Card className="flex items-center gap-2 py-1.5 pr-1.5 pl-3">
        <span className="text-faint text-xs">DSN</span>
        <code className="min-w-0 flex-1 truncate font-mono text-xs">{dsn}</code>
        <CopyButton text={dsn} label="Copy DSN" />
      </Card>
      <div className="flex flex-col gap-2">
        <div className="overflow-x-auto">
          <Segmented
            label="Language"
            value={language}
            onValueChange={setLanguage}
            options={all.map((each) => ({ value: each.id, label: each.label }))}
          />
        </div>
        <CodeBlock code={snippet.code} language={snippet.language} maxHeight={320} />
      </div>
      <FirstEvent slug={project.slug} />
      {canLoadDemo || canImport ? (
        <div className="flex flex-wrap items-center gap-2 border-line border-t pt-5">
          <span className="mr-auto text-muted">Or look around first.</span>
          {canImport ? (
            <ButtonLink href="/knowledge/import" icon={<FileText />}>
              Import your Markdown
            </ButtonLink>
          ) : null}
          {canLoadDemo ? <LoadDemoButton /> : null}
        </div>
      ) : null}
    </div>
  );
}

interface IssueGlimpse {
  id: string;
  title: string;
}

function FirstEvent({ slug }: { slug: string }) {
  const { data: issue } = useQuery({
    queryKey: ['setup', 'first-issue', slug],
    queryFn: ({ signal }) => api.get<{ data: IssueGlimpse[] }>('/api/v1/issues', { project: slug, limit: 1 }, signal),
    select: (page) => page.data[0] ?? null,
    refetchInterval: (query) => (query.state.data?.data.length ? false : POLL_MS),
  });
  return (
    <div
      aria-live="polite"
      className="flex min-h-12 flex-wrap items-center gap-3 rounded-md border border-line bg-surface px-3 py-2"
    >
      {issue ? (
        <>
          <CircleCheck aria-hidden className="size-4 text-success-fg" />
          <div className="min-w-0 flex-1">
            <p className="font-medium">The first error has arrived.</p>
            <p className="truncate font-mono text-muted text-xs">{issue.title}</p>
          </div>
          <ButtonLink href={`/issues/${issue.id}`} variant="primary">
            Open {issue.id}
          </ButtonLink>
        </>
      ) : (
        <>
          <Spinner className="text-accent-fg" />
          <p className="flex-1 text-muted">Waiting for the first event. It shows here within two seconds.</p>
          <ButtonLink href="/" variant="ghost">
            Skip
          </ButtonLink>
        </>
      )}
    </div>
  );
}
