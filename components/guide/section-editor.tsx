'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { GuideSection } from '@/lib/guide/guide-schema';
import { ApiError, api } from '@/lib/http/client';
import { LeaveGuard } from '../knowledge/leave-guard';
import { MarkdownField, SplitContext } from '../knowledge/markdown-field';
import { TextDiff } from '../knowledge/text-diff';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { toastDone } from '../ui/toast';
import { guideApi, guideSectionsQuery } from './queries';

/** Writes a section, beside its preview. When somebody else saved meanwhile, shows what they changed first. */
export function SectionEditor({ section, onClose }: { section: GuideSection | null; onClose: () => void }) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const [title, setTitle] = useState(section?.title ?? '');
  const [body, setBody] = useState(section?.body ?? '');
  const [theirs, setTheirs] = useState<GuideSection | null>(null);
  const based = theirs ?? section;
  const save = useMutation({
    mutationFn: () =>
      based ? guideApi.put(based.slug, { title, body, version: based.version }) : guideApi.create({ title, body }),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries(guideSectionsQuery);
      toastDone(`Saved ${saved.title}`);
      router.refresh();
      onClose();
    },
    onError: async (error) => {
      if (section && error instanceof ApiError && error.code === 'version_conflict')
        setTheirs(await api.get<GuideSection>(`/api/v1/guide/sections/${encodeURIComponent(section.slug)}`));
    },
  });
  const conflicted = theirs !== null;
  const errors = fieldErrors(conflicted ? null : save.error, ['title', 'body']);
  const dirty = title !== (section?.title ?? '') || body !== (section?.body ?? '');
  return (
    <Card className="p-4">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
        onKeyDownCapture={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          event.stopPropagation();
          save.mutate();
        }}
      >
        {errors.rest ? <Alert tone="critical">{errors.rest}</Alert> : null}
        {conflicted && section ? (
          <>
            <Alert tone="warning">
              {theirs.updated_by ?? 'Somebody else'} changed this section meanwhile, as shown below. Take over what you
              want to keep, then save: your text replaces theirs.
            </Alert>
            <TextDiff before={section.body} after={theirs.body} />
          </>
        ) : null}
        <Field label="Title" error={errors.of('title')}>
          <Input value={title} onChange={(event) => setTitle(event.target.value)} maxLength={300} autoFocus />
        </Field>
        <SplitContext value>
          <MarkdownField label="Text" value={body} onChange={setBody} error={errors.of('body')} />
        </SplitContext>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
      <LeaveGuard when={dirty && !save.isPending} />
    </Card>
  );
}
