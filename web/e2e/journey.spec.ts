import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { answered, ask, file, HANDBOOK, lastTurn, room } from './browser';

const { open } = room();

it('addDocument_ask_openSource_followUp_rename_export_delete', async () => {
  const page = await open('/documents');
  await page.locator('input[type=file]').setInputFiles([file('handbook.md', HANDBOOK), file('empty.txt', '')]);
  // The first document of a server's life waits for the parser and the model to be loaded.
  await page.getByText('One file added').waitFor({ timeout: 60_000 });
  await page.locator('.upload', { hasText: 'empty.txt' }).getByText('Failed').waitFor();
  const row = page.locator('.document', { hasText: 'handbook' }).first();
  await row.getByText(/passage/).waitFor();

  await page.getByRole('link', { name: 'New question' }).click();
  await ask(page, 'How many days of annual leave do employees receive?');
  await answered(page);
  expect(page.url()).toMatch(/\/c\/[^/]+$/);
  expect(await lastTurn(page).locator('.prose').innerText()).toContain('28 days');

  const number = lastTurn(page).locator('button.cite').first();
  await number.hover();
  expect(await page.getByRole('tooltip').innerText()).toContain('28 days');
  await number.click();
  const mark = page.locator('.source mark');
  await mark.waitFor();
  expect(await mark.innerText()).toContain('Employees receive 28 days of annual leave each year.');
  expect(await mark.evaluate((element) => element.getBoundingClientRect().top < innerHeight)).toBe(true);
  const original = await page.getByRole('link', { name: 'Open the original' }).getAttribute('href');
  const content = await page.evaluate(async (href) => (await fetch(href ?? '')).text(), original);
  expect(content).toContain('# Employee handbook');
  await page.keyboard.press('Escape');
  await page.locator('.source').waitFor({ state: 'detached' });

  await ask(page, 'When does unused leave expire?');
  await page.locator('.turn').nth(1).waitFor();
  await answered(page);
  expect(await lastTurn(page).locator('.prose').innerText()).toContain('31 March');

  await page.locator('.top .menu > button').click();
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Title').fill('Leave of the year');
  await page.keyboard.press('Enter');
  await page.locator('.history').getByText('Leave of the year').waitFor();
  await page.reload();
  await page.locator('.top-title', { hasText: 'Leave of the year' }).waitFor();
  expect(await page.locator('.turn').count()).toBe(2);
  expect(await page.locator('button.cite').count()).toBeGreaterThan(1);

  for (const [name, expected] of [
    ['Export as Markdown', 'How many days of annual leave'],
    ['Export as JSON', '"How many days of annual leave'],
  ] as const) {
    await page.locator('.top .menu > button').click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
    expect(await readFile(await download.path(), 'utf8')).toContain(expected);
  }

  await page.locator('.top .menu > button').click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('button', { name: 'Delete conversation' }).click();
  await page.getByText('Conversation deleted').waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  expect(await page.locator('.history').getByText('Leave of the year').count()).toBe(0);
});

it('addOtherContentUnderAName_asksWhatToDo', async () => {
  const page = await open('/documents');
  const add = async (text: string) => page.locator('input[type=file]').setInputFiles([file('pool.txt', text)]);
  const upload = page.locator('.upload', { hasText: 'pool.txt' });
  await add('The pool of the sports club is closed on Mondays.');
  await upload.getByText('Ready').waitFor({ timeout: 60_000 });

  await add('The pool of the sports club is closed on Tuesdays.');
  await upload.getByRole('group', { name: 'The collection has another document named “pool.txt”.' }).waitFor();
  await upload.getByRole('button', { name: 'Skip' }).click();
  await upload.getByText('Skipped').waitFor();
  expect(await page.locator('.document', { hasText: 'pool' }).count()).toBe(1);

  await add('The pool of the sports club is closed on Wednesdays.');
  await upload.getByRole('button', { name: 'Keep both' }).click();
  await page.locator('.document', { hasText: 'pool (2).txt' }).waitFor();
  expect(await page.locator('.document', { hasText: 'pool' }).count()).toBe(2);
});

it('notKnowing_showsTheNearestPassages', async () => {
  const page = await open('/');
  await ask(page, 'Who won the football world cup in 1954?');
  await answered(page);
  const abstained = lastTurn(page).locator('.abstained');
  await abstained.waitFor();
  if (await abstained.locator('.nearest button').count()) {
    await abstained.locator('.nearest button').first().click();
    await page.locator('.source mark').first().waitFor();
  }
  await page.getByRole('button', { name: 'Ask differently' }).click();
  expect(await page.getByLabel('Your question').inputValue()).toContain('1954');
});

it('edit_replacesTheQuestion_andFeedbackIsKept', async () => {
  const page = await open('/');
  await ask(page, 'How many days of leave are there?');
  await answered(page);
  await lastTurn(page).getByRole('button', { name: 'Good answer' }).click();
  await page.getByLabel(/What was good or wrong/).fill('Short and right');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Feedback saved. Thank you.').waitFor();
  await lastTurn(page).getByRole('button', { name: 'Details' }).click();
  expect(await lastTurn(page).locator('.meta').innerText()).toContain('Quoted from the documents');
  await page.reload();
  await answered(page);
  expect(await page.getByRole('button', { name: 'Good answer' }).getAttribute('aria-pressed')).toBe('true');

  await page.getByRole('button', { name: 'Edit question' }).click();
  await ask(page, 'What is compensated by 30 euros a month for internet?');
  await answered(page);
  expect(await page.locator('.turn').count()).toBe(1);
  await page.reload();
  await answered(page);
  expect(await page.locator('.turn h2').allInnerTexts()).toHaveLength(1);
  expect(await page.locator('.turn h2').innerText()).toContain('30 euros');
});
