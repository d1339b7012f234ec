import { expect, test } from './fixtures/test';

// Two people edit one entry at once: what they wrote in different places is joined, what they wrote in the same place is
// put before the second one, and nobody's words are lost.

test.use({ expectedErrors: [/409/] });

test('two people save the same entry and both their words are kept', async ({
  browser,
  page,
  request,
  signIn,
  adminToken,
}) => {
  const made = await request.post('/api/v1/knowledge', {
    headers: { authorization: `Bearer ${adminToken}` },
    data: { title: 'Sluice sticks', symptoms: 'It sticks.', root_cause: 'Rust.' },
  });
  const { id } = await made.json();
  const read = async () =>
    (await request.get(`/api/v1/knowledge/${id}`, { headers: { authorization: `Bearer ${adminToken}` } })).json();

  const other = await (await browser.newContext()).newPage();
  await signIn(page, 'engineer');
  await signIn(other, 'reviewer');
  const write = async (of: typeof page, field: string, text: string) => {
    const editor = of.getByRole('textbox', { name: field, exact: true });
    await editor.click();
    await of.keyboard.press('ControlOrMeta+a');
    await of.keyboard.type(text);
  };
  const save = (of: typeof page) => of.getByRole('button', { name: 'Save', exact: true }).click();
  await Promise.all([page, other].map((one) => one.goto(`/knowledge/${id}/edit`)));

  // Different fields: joined without a question.
  await write(page, 'Symptoms', 'It sticks at ebb.');
  await write(other, 'Root cause', 'Rust on the hinge.');
  await save(page);
  await expect(page).toHaveURL(new RegExp(`/knowledge/${id}$`));
  await save(other);
  await expect(other).toHaveURL(new RegExp(`/knowledge/${id}$`));
  expect(await read()).toMatchObject({ symptoms: 'It sticks at ebb.', root_cause: 'Rust on the hinge.', version: 3 });

  // The same field: the second one sees what was, what is mine and what is theirs, and keeps both.
  await Promise.all([page, other].map((one) => one.goto(`/knowledge/${id}/edit`)));
  await write(page, 'Symptoms', 'It sticks at ebb and groans.');
  await write(other, 'Symptoms', 'It sticks at ebb in frost.');
  await save(page);
  await expect(page).toHaveURL(new RegExp(`/knowledge/${id}$`));
  await save(other);
  const dialog = other.getByRole('dialog');
  await expect(dialog).toContainText('changed this entry meanwhile');
  for (const words of ['Before', 'Mine', 'Theirs']) await expect(dialog.getByText(words).first()).toBeVisible();
  await dialog.getByRole('radio', { name: 'Both' }).click();
  await dialog.getByRole('button', { name: 'Save this version' }).click();
  await expect(other).toHaveURL(new RegExp(`/knowledge/${id}$`));
  const { symptoms, version } = await read();
  expect(version).toBe(5);
  expect(symptoms).toContain('It sticks at ebb and groans.');
  expect(symptoms).toContain('It sticks at ebb in frost.');
  await other.context().close();
});
