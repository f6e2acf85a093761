import { beforeAll, expect, inject, it } from 'vitest';
import { addDocuments, answered, ask, file, HANDBOOK, lastTurn, room } from './browser';

const { open } = room();

beforeAll(() => addDocuments(inject('server'), [file('handbook.md', HANDBOOK)]));

it('doubleClickOnSend_asksOnceAndStopsNothing', async () => {
  const page = await open('/');
  await page.getByLabel('Your question').fill('How many days of annual leave do employees receive?');
  await page.getByRole('button', { name: 'Ask', exact: true }).dblclick();
  await answered(page);
  expect(await page.locator('.turn').count()).toBe(1);
  expect(await lastTurn(page).innerText()).toContain('28 days');
});

it('draft_afterLeavingOrReloading_isThere_ofEachConversation', async () => {
  const page = await open('/');
  const question = page.getByLabel('Your question');
  await ask(page, 'How many days of annual leave do employees receive?');
  await answered(page);
  await question.fill('And of unpaid');
  await page.getByRole('link', { name: 'New question' }).click();
  await page.locator('.home').waitFor();
  expect(await question.inputValue()).toBe('');
  await question.fill('What about remote');
  await page.goBack();
  await page.locator('.turn').waitFor();
  expect(await question.inputValue()).toBe('And of unpaid');
  await page.reload();
  await page.locator('.turn').waitFor();
  expect(await question.inputValue()).toBe('And of unpaid');
  await page.getByRole('link', { name: 'New question' }).click();
  await page.locator('.home').waitFor();
  expect(await question.inputValue()).toBe('What about remote');
  await question.fill('What about remote work?');
  await page.keyboard.press('Enter');
  await answered(page);
  await page.goto(new URL('/', page.url()).href);
  await page.locator('.home').waitFor();
  expect(await question.inputValue()).toBe('');
});
