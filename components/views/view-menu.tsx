'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, ChevronDown, House, Link2, Plus, RefreshCw, Trash2, Users } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { normalizeSearch } from '@/lib/views/normalize-search';
import type { SavedView, ViewChange, ViewPage } from '@/lib/views/view-schema';
import { useViewer } from '../layout/viewer';
import { Button } from '../ui/button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/dropdown-menu';
import { toastDone, toastError, toastUndo } from '../ui/toast';
import { viewsApi, viewsQuery } from './queries';
import { SaveViewDialog } from './save-view-dialog';

/** The views of a page: open one, keep the filters as they are, share them, or begin with them. */
export function ViewMenu({ page, path }: { page: ViewPage; path: string }) {
  const viewer = useViewer();
  const router = useRouter();
  const client = useQueryClient();
  const params = useSearchParams();
  const [saving, setSaving] = useState(false);
  const { data } = useQuery(viewsQuery(page));
  const views = data?.data ?? [];
  const shown = normalizeSearch(params.toString());
  const current = views.find((view) => view.search === shown);
  // The view one came from stays in mind while its filters are changed.
  const [openedId, setOpenedId] = useState<string | null>(null);
  const opened = current ?? views.find((view) => view.id === openedId);

  const refresh = () => client.invalidateQueries({ queryKey: ['views', page] });
  const change = useMutation({
    mutationFn: viewsApi.change,
    onSuccess: (view, { change: asked }) => toastDone(changeWords(view, asked)),
    onError: (problem) => toastError(problem),
    onSettled: refresh,
  });
  const restore = useMutation({
    mutationFn: viewsApi.save,
    onError: (problem) => toastError(problem),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: viewsApi.remove,
    onSuccess: ({ name, search, shared, default: isDefault, mine }) => {
      if (mine) toastUndo(`Deleted ${name}`, () => restore.mutate({ page, name, search, shared, default: isDefault }));
      else toastDone(`Deleted ${name}`);
    },
    onError: (problem) => toastError(problem),
    onSettled: refresh,
  });
  const open = (view: SavedView) => {
    setOpenedId(view.id);
    router.push(view.search ? `${path}?${view.search}` : path);
  };
  if (!viewer.id) return null;
  return (
    <>
      <Menu
        className="w-72"
        trigger={
          <Button icon={<Bookmark />}>
            <span className="max-w-40 truncate">{current?.name ?? 'Views'}</span>
            <ChevronDown aria-hidden className="size-3.5 text-faint" />
          </Button>
        }
      >
        {views.length > 0 ? <MenuLabel>Views</MenuLabel> : null}
        {views.map((view) => (
          <MenuItem
            key={view.id}
            icon={view.default ? <House /> : view.shared ? <Users /> : <Bookmark />}
            onSelect={() => open(view)}
            shortcut={view === current ? 'shown' : view.mine ? undefined : view.owner}
          >
            {view.name}
          </MenuItem>
        ))}
        {views.length > 0 ? <MenuSeparator /> : null}
        {current ? null : (
          <MenuItem icon={<Plus />} onSelect={() => setSaving(true)}>
            Save this view
          </MenuItem>
        )}
        {opened && opened !== current && opened.mine ? (
          <MenuItem
            icon={<RefreshCw />}
            onSelect={() => change.mutate({ id: opened.id, change: { search: shown } })}
          >{`Update “${opened.name}”`}</MenuItem>
        ) : null}
        {current ? (
          <>
            <MenuItem
              icon={<House />}
              onSelect={() => change.mutate({ id: current.id, change: { default: !current.default } })}
            >
              {current.default ? 'Stop opening the page with it' : 'Open the page with it'}
            </MenuItem>
            {current.mine && viewer.can('write') ? (
              <MenuItem
                icon={<Users />}
                onSelect={() => change.mutate({ id: current.id, change: { shared: !current.shared } })}
              >
                {current.shared ? 'Keep it to myself' : 'Share it with everybody'}
              </MenuItem>
            ) : null}
            {current.mine || viewer.can('admin') ? (
              <MenuItem icon={<Trash2 />} danger onSelect={() => remove.mutate(current.id)}>
                {`Delete “${current.name}”`}
              </MenuItem>
            ) : null}
          </>
        ) : null}
        <MenuItem
          icon={<Link2 />}
          onSelect={() => {
            navigator.clipboard.writeText(window.location.href).then(() => toastDone('Link copied'), toastError);
          }}
        >
          Copy link
        </MenuItem>
      </Menu>
      <SaveViewDialog page={page} search={shown} open={saving} onOpenChange={setSaving} onSaved={setOpenedId} />
    </>
  );
}

function changeWords({ name, shared }: SavedView, asked: ViewChange): string {
  if (asked.default !== undefined)
    return asked.default ? `The page opens with ${name} now` : 'The page opens as usual now';
  if (asked.shared !== undefined) return shared ? `Everybody sees ${name} now` : `Only you see ${name} now`;
  return `Updated ${name}`;
}
