import { expect, it } from 'vitest';
import { DEFAULT_PROJECT_SETTINGS, projectSettingsUpdateSchema, readProjectSettings } from './project-settings';

it('has a default for everything', () => {
  expect(readProjectSettings({})).toEqual(DEFAULT_PROJECT_SETTINGS);
  expect(readProjectSettings(null)).toEqual(DEFAULT_PROJECT_SETTINGS);
});

it('takes what is valid and leaves the rest at its default', () => {
  const stored = { retention_days: 7, quota_per_minute: 'many', sampling: { enabled: true }, attachments: true };
  expect(readProjectSettings(stored)).toEqual({ ...DEFAULT_PROJECT_SETTINGS, retention_days: 7 });
});

it('refuses an unknown name and a value out of range when they are changed', () => {
  expect(projectSettingsUpdateSchema.safeParse({ retention: 7 }).success).toBe(false);
  expect(projectSettingsUpdateSchema.safeParse({ retention_days: 0 }).success).toBe(false);
  expect(projectSettingsUpdateSchema.parse({ filters: [{ kind: 'message', pattern: ' timeout ' }] })).toEqual({
    filters: [{ kind: 'message', pattern: 'timeout' }],
  });
});
