import { beforeAll, expect, inject, it } from 'vitest';
import { addDocuments, answered, ask, file, HANDBOOK, lastTurn, room } from './browser';

const here = room();
const QUESTION = 'How many days of annual leave do employees receive?';

beforeAll(() => addDocuments(inject('server'), [file('handbook.md', HANDBOOK)]));

it('reloadInMidStream_showsTheWholeAnswer', async () => {
  here.line.pace = 700;
  const page = await here.open('/');
  await ask(page, QUESTION);
  await page.waitForURL(/\/c\//);
  await page.locator('.turn[aria-busy=true] .progress, .turn .writing').first().waitFor();
  await page.waitForTimeout(900);
  here.line.pace = 0;
  await page.reload();
  await answered(page);
  expect(await page.locator('.turn').count()).toBe(1);
  expect(await lastTurn(page).locator('.prose').innerText()).toContain('28 days');
  expect(await lastTurn(page).locator('button.cite').count()).toBeGreaterThan(0);
});

it('serverThatGoesAwayInMidStream_isWaitedFor', async () => {
  here.line.pace = 700;
  const page = await here.open('/');
  await ask(page, QUESTION);
  await page.waitForURL(/\/c\//);
  await page.waitForTimeout(1500);
  await here.line.cut();
  await page.locator('.turn').getByText('Connection lost').waitFor();
  here.line.pace = 0;
  await page.waitForTimeout(1500);
  await here.line.mend();
  await answered(page);
  expect(await lastTurn(page).locator('.prose').innerText()).toContain('28 days');
  expect(await page.locator('.turn').count()).toBe(1);
  expect(await page.getByText('Connection lost').count()).toBe(0);
});

it('serverThatIsAwayWhenAsked_isWaitedFor_andAnswersOnce', async () => {
  const page = await here.open('/');
  await ask(page, QUESTION);
  await answered(page);
  await here.line.cut();
  await ask(page, 'When does unused leave expire?');
  await lastTurn(page).getByText('Connection lost').waitFor();
  await here.line.mend();
  await answered(page);
  expect(await lastTurn(page).locator('.prose').innerText()).toContain('31 March');
  await page.reload();
  await answered(page);
  expect(await page.locator('.turn').count()).toBe(2);
});

it('serverThatIsAwayAtTheStart_isSaidWithAnotherTry', async () => {
  const page = await here.open('/');
  await ask(page, QUESTION);
  await answered(page);
  await page.goto(`${here.line.url}/documents`);
  await page.locator('.document').first().waitFor();
  await page.locator('.history a').first().waitFor();
  await here.line.cut();
  await page.locator('.history a').first().click();
  await page.getByText('The server cannot be reached').first().waitFor();
  await here.line.mend();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await answered(page);
});

it('stop_keepsWhatWasWritten', async () => {
  here.line.pace = 1500;
  const page = await here.open('/');
  await ask(page, QUESTION);
  await page.waitForURL(/\/c\//);
  await page.waitForTimeout(1000);
  const stop = page.getByRole('button', { name: 'Stop' });
  await stop.click();
  await answered(page);
  await page.getByRole('button', { name: 'Ask', exact: true }).waitFor();
  expect(await page.locator('.turn').count()).toBe(1);
});
