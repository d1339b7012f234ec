'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, ListChecks, Pencil, Plus, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { GuideSection } from '@/lib/guide/guide-schema';
import { Can } from '../layout/viewer';
import { Button } from '../ui/button';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { IconButton } from '../ui/icon-button';
import { LateMarkdown } from '../ui/late-markdown';
import { Page, PageHeader } from '../ui/page';
import { toastError, toastUndo } from '../ui/toast';
import { GuideTabs } from './guide-tabs';
import { guideApi, guideSectionsQuery } from './queries';

const SectionEditor = dynamic(() => import('./section-editor').then((module) => module.SectionEditor));

/** The free text of the guide: checklists, best practices, protocols. */
export function SectionsView({ title, initial }: { title: string; initial: GuideSection[] }) {
  const { data } = useQuery({ ...guideSectionsQuery, initialData: { data: initial } });
  const sections = data.data;
  const [editing, setEditing] = useState<string | null>(null);
  const refresh = useRefresh();

  const move = useMutation({
    mutationFn: ({ index, step }: { index: number; step: -1 | 1 }) => reorder(sections, index, index + step),
    onError: (error) => toastError(error),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (section: GuideSection) => guideApi.remove(section.slug),
    onSuccess: (_, { slug, title, body, position }) =>
      toastUndo(`Removed ${title}`, () => {
        guideApi.create({ slug, title, body, position }).then(refresh, toastError);
      }),
    onError: (error) => toastError(error),
    onSettled: refresh,
  });

  return (
    <Page>
      <PageHeader
        title={title}
        description="Text of the guide that belongs to no single error."
        actions={
          <Can scope="write">
            <Button variant="primary" icon={<Plus />} onClick={() => setEditing('')} disabled={editing !== null}>
              New section
            </Button>
          </Can>
        }
      />
      <GuideTabs value="sections" />
      <div className="flex max-w-[908px] flex-col gap-4">
        {sections.length === 0 && editing !== '' ? (
          <EmptyState icon={<ListChecks />}>
            No section yet. Checklists, best practices and the update protocol belong here.
          </EmptyState>
        ) : null}
        {sections.map((section, index) =>
          editing === section.slug ? (
            <SectionEditor key={section.slug} section={section} onClose={() => setEditing(null)} />
          ) : (
            <Card key={section.slug}>
              <SectionHeader
                title={section.title}
                actions={
                  <>
                    <Can scope="write">
                      <IconButton
                        size="sm"
                        label="Move up"
                        icon={<ArrowUp />}
                        disabled={index === 0 || move.isPending}
                        onClick={() => move.mutate({ index, step: -1 })}
                      />
                      <IconButton
                        size="sm"
                        label="Move down"
                        icon={<ArrowDown />}
                        disabled={index === sections.length - 1 || move.isPending}
                        onClick={() => move.mutate({ index, step: 1 })}
                      />
                      <IconButton
                        size="sm"
                        label={`Edit ${section.title}`}
                        icon={<Pencil />}
                        onClick={() => setEditing(section.slug)}
                      />
                    </Can>
                    <Can scope="review">
                      <IconButton
                        size="sm"
                        label={`Remove ${section.title}`}
                        icon={<Trash2 />}
                        onClick={() => remove.mutate(section)}
                      />
                    </Can>
                  </>
                }
              />
              {section.body.trim() ? (
                <CardBody>
                  <LateMarkdown shiftHeadings={2}>{section.body}</LateMarkdown>
                </CardBody>
              ) : null}
            </Card>
          ),
        )}
        {editing === '' ? <SectionEditor section={null} onClose={() => setEditing(null)} /> : null}
      </div>
    </Page>
  );
}

function useRefresh(): () => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return () => {
    void queryClient.invalidateQueries(guideSectionsQuery);
    router.refresh();
  };
}

/** Puts a section at another place; only those whose place changes are written. */
async function reorder(sections: readonly GuideSection[], from: number, to: number): Promise<void> {
  const order = [...sections];
  const [moved] = order.splice(from, 1);
  if (moved) order.splice(to, 0, moved);
  for (const [position, { slug, title, body, version, position: before }] of order.entries())
    if (before !== position) await guideApi.put(slug, { title, body, position, version });
}
