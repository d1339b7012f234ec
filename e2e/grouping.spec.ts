import { expect, test } from './fixtures/test';

// Grouping in the hands of people: rules with their preview, "why here?", values of a message, a split and its undo.

test('events that are not this issue get one of their own, and rules group as they were previewed', async ({
  page,
  request,
  signIn,
  createProject,
}) => {
  const project = await createProject('Ferry');
  const send = async (region: string, berth: number) => {
    const answer = await request.post('/errors', {
      headers: { 'x-errata-key': project.key },
      data: {
        service: 'ferry',
        context: 'quay',
        error_type: 'BerthTaken',
        error_message: `berth ${berth} is taken by another ship`,
        severity: 'high',
        tags: { region },
      },
    });
    expect(answer.status()).toBe(201);
    return (await answer.json()).issue_id as string;
  };
  const issue = await send('north', 7);
  for (const [region, berth] of [
    ['north', 7],
    ['south', 7],
    ['south', 9],
  ] as const)
    expect(await send(region, berth)).toBe(issue);

  await signIn(page, 'admin');
  await page.goto(`/issues/${issue}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('berth <num> is taken');

  await page.getByTitle('Show the events with 9').click();
  const events = page.locator('#events');
  await expect(events.getByRole('listitem')).toHaveCount(1);
  await events.getByRole('button', { name: 'Show all events' }).click();
  await expect(events.getByRole('listitem')).toHaveCount(4);

  await page.getByRole('tab', { name: 'Why here?' }).click();
  await expect(page.getByText('What was normalised away')).toBeVisible();

  await events.getByRole('button', { name: 'Split' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tag', { exact: true }).click();
  await page.getByRole('option', { name: 'region' }).click();
  await dialog.getByLabel('Value').click();
  await page.getByRole('option', { name: 'south (2)' }).click();
  await dialog.getByRole('button', { name: 'Split off' }).click();
  await expect(page.getByText(/Moved 2 events to/)).toBeVisible();
  await expect(events.getByRole('listitem')).toHaveCount(2);
  const other = await send('south', 7);
  expect(other).not.toBe(issue);
  expect(await send('north', 7)).toBe(issue);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The split was taken back')).toBeVisible();
  await expect(events.getByRole('listitem')).toHaveCount(6);

  await page.goto(`/settings/projects/${project.slug}/grouping`);
  const text = page.getByLabel('Rules, one a line');
  const save = page.getByRole('button', { name: 'Save rules' });
  // What is typed before React has taken over the page is lost.
  await expect(async () => {
    await text.fill('');
    await text.fill('typ:BerthTaken -> berths');
    await expect(page.getByText('Line 1, column 1: there is no field "typ"')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(page.getByRole('button', { name: 'Preview on past events' })).toBeDisabled();
  await text.fill('type:BerthTaken tags.region:south -> southern-berths');
  await expect(save).toBeDisabled();
  await page.getByRole('button', { name: 'Preview on past events' }).click();
  await expect(page.getByText('3 events of 1 issue')).toBeVisible();
  await expect(page.getByText('3 events would stay')).toBeVisible();
  await save.click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  // Capture reads the settings of a project again within five seconds.
  await expect.poll(() => send('south', 7), { timeout: 15_000 }).not.toBe(issue);
});
