import { route } from '@/lib/http/route.server';
import { getSettings, updateSettings } from '@/lib/settings/settings.server';
import { settingsUpdateSchema, workspaceSettingsSchema } from '@/lib/settings/settings-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/settings',
  summary: 'Workspace settings',
  auth: 'read',
  response: workspaceSettingsSchema,
  handle: () => getSettings(),
});

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/settings',
  summary: 'Change workspace settings',
  auth: 'admin',
  body: settingsUpdateSchema,
  response: workspaceSettingsSchema,
  handle: ({ viewer, body }) => updateSettings({ viewer, changes: body }),
});
