'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { api, withQuery } from '@/lib/http/client';
import { FIELD_WORDS } from '@/lib/knowledge/field-text';
import type { AppliedPack, PackEntryDiff, PackReport } from '@/lib/knowledge/pack-schema';
import { Alert } from '../ui/alert';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Page, PageHeader } from '../ui/page';
import { RelativeTime } from '../ui/relative-time';
import { toastDone } from '../ui/toast';
import { TextDiff } from './text-diff';

type Source = { file: File } | { url: string; token?: string };

function send(source: Source, options: { dry_run: boolean; publish?: boolean; digest?: string }): Promise<PackReport> {
  const path = '/api/v1/knowledge/packs';
  if ('url' in source) return api.post<PackReport>(withQuery(path, options), source);
  const form = new FormData();
  form.append('file', source.file, source.file.name);
  return api.post<PackReport>(withQuery(path, { ...options, source: source.file.name }), form);
}

/** Packs of entries from others: what one would change, then applied; and packs of one's own. */
export function PacksView({ initial, mayApply }: { initial: AppliedPack[]; mayApply: boolean }) {
  return (
    <Page>
      <PageHeader
        title="Packs"
        description="Known errors to share: a zip of entries with a name, a version and a licence."
      />
      <div className="max-w-4xl space-y-5">
        {mayApply ? <ApplyPack /> : null}
        <AppliedPacks packs={initial} />
        <MakePack />
      </div>
    </Page>
  );
}

function ApplyPack() {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [source, setSource] = useState<Source | null>(null);
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const preview = useMutation({ mutationFn: (from: Source) => send(from, { dry_run: true }) });
  const apply = useMutation({
    mutationFn: ({ from, publish }: { from: Source; publish: boolean }) =>
      send(from, { dry_run: false, publish, digest: preview.data?.digest }),
    onSuccess: (report) => {
      toastDone(`${report.pack.title} ${report.pack.version} is applied`);
      void client.invalidateQueries({ queryKey: ['knowledge'] });
    },
  });
  const look = (from: Source) => {
    setSource(from);
    apply.reset();
    preview.mutate(from);
  };
  const report = apply.data ?? preview.data;
  const failure = apply.error ?? preview.error;
  const busy = preview.isPending || apply.isPending;
  return (
    <Card>
      <SectionHeader
        title="Apply a pack"
        description="You see what it changes first. What you edited stays as it is."
      />
      <CardBody className="space-y-4">
        <form
          className="flex flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            look({ url: url.trim(), ...(token.trim() ? { token: token.trim() } : {}) });
          }}
        >
          <input
            ref={input}
            type="file"
            accept=".zip"
            className="sr-only"
            aria-label="Pack"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) look({ file });
              event.target.value = '';
            }}
          />
          <Button disabled={busy} onClick={() => input.current?.click()}>
            Choose a file
          </Button>
          <span className="text-faint text-sm">or</span>
          <Input
            type="url"
            aria-label="Address"
            placeholder="https://…/pack.zip"
            className="min-w-56 flex-1"
            value={url}
            required
            onChange={(event) => setUrl(event.target.value)}
          />
          <Input
            type="password"
            aria-label="Token of the other Errata, where it needs one"
            placeholder="Token (another Errata)"
            className="w-48 max-sm:flex-1"
            autoComplete="off"
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
          <Button type="submit" loading={preview.isPending} disabled={busy}>
            Look at it
          </Button>
        </form>
        {failure ? <Alert tone="critical">{failure.message}</Alert> : null}
        {report ? <PackChanges report={report} /> : null}
        {report?.dry_run && source && !busy ? (
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => apply.mutate({ from: source, publish: false })}>Apply, new ones as drafts</Button>
            <Button variant="primary" onClick={() => apply.mutate({ from: source, publish: true })}>
              Apply and publish
            </Button>
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}

const TONES: Record<PackEntryDiff['action'], Tone> = {
  ...{ new: 'success', changed: 'info', kept: 'warning', same: 'neutral', deleted: 'neutral', invalid: 'critical' },
};
const OUTCOMES = {
  take: 'follows the pack',
  keep: 'only changed here: stays',
  conflict: 'changed on both sides: yours stays',
} as const;

function PackChanges({ report }: { report: PackReport }) {
  const { pack, applied_version } = report;
  return (
    <div className="space-y-3">
      <p className="text-sm">
        <span className="font-medium">{pack.title}</span> {pack.version}
        {applied_version ? <span className="text-muted">, {applied_version} is applied</span> : null}
        {pack.licence ? <span className="text-muted"> · {pack.licence}</span> : null}
      </p>
      {pack.description ? <p className="text-muted text-sm">{pack.description}</p> : null}
      <ul className="divide-y divide-line border-line border-y">
        {report.entries.map((entry) => (
          <li key={entry.key} className="py-2">
            <details>
              <summary className="flex cursor-pointer items-center gap-2 text-sm">
                <Badge tone={TONES[entry.action]} dot>
                  {entry.action}
                </Badge>
                <span className="min-w-0 truncate">{entry.title}</span>
                {entry.id ? (
                  <Link href={`/knowledge/${entry.id}`} className="ml-auto shrink-0 text-muted hover:underline">
                    {entry.id}
                  </Link>
                ) : null}
              </summary>
              <div className="mt-2 space-y-3 pl-2">
                {entry.errors.map((error) => (
                  <p key={error} className="text-critical-fg text-xs">
                    {error}
                  </p>
                ))}
                {entry.fields.length === 0 && entry.errors.length === 0 ? (
                  <p className="text-faint text-xs">Nothing differs from what is here.</p>
                ) : null}
                {entry.fields.map(({ field, here, pack: theirs, outcome }) => (
                  <section key={field}>
                    <h4 className="mb-1 text-xs">
                      <span className="font-medium">{FIELD_WORDS[field]}</span>{' '}
                      <span className="text-faint">{OUTCOMES[outcome]}</span>
                    </h4>
                    <TextDiff before={here} after={theirs} />
                  </section>
                ))}
              </div>
            </details>
          </li>
        ))}
      </ul>
    </div>
  );
}

function AppliedPacks({ packs }: { packs: AppliedPack[] }) {
  if (packs.length === 0) return null;
  return (
    <Card>
      <SectionHeader title="Applied" meta={String(packs.length)} />
      <ul className="divide-y divide-line border-line border-t">
        {packs.map((pack) => (
          <li key={pack.name} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
            <Package aria-hidden className="size-4 text-faint" />
            <span className="font-medium">{pack.title}</span>
            <span className="text-muted tabular-nums">{pack.version}</span>
            <span className="text-faint text-xs">{pack.entries} entries</span>
            <span className="text-faint text-xs">
              by {pack.applied_by}, <RelativeTime value={pack.applied_at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A plain form: its address is the file. */
function MakePack() {
  return (
    <Card>
      <SectionHeader title="Make a pack" description="Of published entries; how their fixes fared here is left out." />
      <CardBody>
        <form action="/api/v1/knowledge/pack.zip" method="get" className="grid items-end gap-3 sm:grid-cols-3">
          <Field label="Title">
            <Input name="title" required maxLength={200} />
          </Field>
          <Field label="Name">
            <Input name="name" required pattern="[a-z0-9][a-z0-9-]{0,99}" placeholder="postgres-basics" />
          </Field>
          <Field label="Version">
            <Input name="version" required defaultValue="1.0.0" maxLength={50} />
          </Field>
          <Field label="Licence">
            <Input name="licence" placeholder="CC-BY-4.0" maxLength={100} />
          </Field>
          <Field label="Only the category">
            <Input name="category" maxLength={100} />
          </Field>
          <Button type="submit">Download</Button>
        </form>
      </CardBody>
    </Card>
  );
}
