import { systemViewer } from '../auth/viewer';
import { AppError } from '../errors';
import { log } from '../log.server';
import { guideFiles } from './entry-file';
import { loadGuide } from './load-guide.server';
import { commitAndPush, prepareCheckout } from './publish-git.server';
import { publishFolder, publishRoots, writeGuideFiles } from './publish-place.server';
import { isPublishDue, type PublishSettings, type PublishStatus } from './publish-schema';
import { readPublishSettings, readPublishStatus, writePublishStatus } from './publish-settings.server';
import { renderGuide } from './render-guide';

export async function publishWhenDue(now = new Date()): Promise<void> {
  if (isPublishDue(await readPublishSettings(), await readPublishStatus(), now)) await publishGuide(now);
}

/** Writes the guide to where the workspace wants it. What goes wrong is told in the status, never thrown. */
export async function publishGuide(now = new Date()): Promise<PublishStatus> {
  const settings = await readPublishSettings();
  const before = await readPublishStatus();
  if (!settings.enabled) return before;
  const status: PublishStatus = { ...before, last_run_at: now.toISOString(), error: null };
  try {
    const { changed, commit } = await publish(settings, now);
    status.outcome = changed ? 'published' : 'unchanged';
    if (changed) status.published_at = now.toISOString();
    status.commit = commit;
  } catch (cause) {
    if (!(cause instanceof AppError)) log().error({ cause }, 'The guide was not published');
    status.outcome = 'failed';
    status.error = cause instanceof Error ? cause.message : String(cause);
  }
  await writePublishStatus(status);
  return status;
}

async function publish(settings: PublishSettings, now: Date): Promise<{ changed: boolean; commit: string | null }> {
  const folder = await publishFolder(settings.path);
  const guide = await loadGuide({ viewer: systemViewer(), filter: {}, now });
  const own = settings.entry_folder;
  const files = [
    { path: settings.file, text: renderGuide(guide) },
    ...(own === '' ? [] : guideFiles(guide).map(({ path, text }) => ({ path: `${own}/${path}`, text }))),
  ];
  if (settings.target === 'folder')
    return { changed: (await writeGuideFiles(folder, files, own)).length > 0, commit: null };
  const places = [settings.file, ...(own === '' ? [] : [own])];
  await publishFolder(await prepareCheckout(folder, settings, places)).catch(() => {
    throw new AppError('conflict', `The checkout begins outside of ${publishRoots().join(' and ')}.`);
  });
  const paths = await writeGuideFiles(folder, files, own);
  const message = `Update ${settings.file}\n\n${paths.length === 1 ? 'One file' : `${paths.length} files`} changed in Errata.`;
  return { changed: paths.length > 0, commit: await commitAndPush(folder, settings, paths, message) };
}
