import { expect, test } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { createProject } from './create-project.server';
import { listEnvironments } from './list-environments.server';

useTestDatabase();

test('environments are named once, and forgotten after a month of silence', async () => {
  const viewer = systemViewer();
  const { id: projectId } = await createProject({ viewer, name: 'Shop', origin: 'https://errata.test' });
  const row = (day: string, service: string, environment: string) => ({
    projectId,
    hour: new Date(`${day}T00:00:00Z`),
    service,
    environment,
    level: 'error',
    count: 1,
  });
  await getDb().projectHour.createMany({
    data: [
      row('2026-04-30', 'api', 'staging'),
      row('2026-04-30', 'api', 'production'),
      row('2026-04-30', 'web', 'production'),
      row('2026-04-30', 'web', ''),
      row('2026-03-01', 'api', 'load-test'),
    ],
  });
  expect(await listEnvironments({ viewer, now: new Date('2026-05-01T12:00:00Z') })).toEqual(['production', 'staging']);
});
