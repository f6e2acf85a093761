import type { Page } from 'playwright-core';
import { beforeAll, expect, inject, it } from 'vitest';
import { addDocuments, answered, file, HANDBOOK, lastTurn, PUMP, room } from './browser';

const { open } = room();

beforeAll(() => addDocuments(inject('server'), [file('handbook.md', HANDBOOK), file('pump.md', PUMP)]));

/** Presses Tab until something that fits has the focus. */
async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`${selector} was not reached by ${key}`);
}

const focused = (page: Page, selector: string) =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

it('ask_citation_source_byKeyboardAlone', async () => {
  const page = await open('/');
  await page.locator('.home').waitFor();
  await page.locator('#question').evaluate((field) => (field as HTMLElement).blur());
  await page.keyboard.press('/');
  await focused(page, '#question');
  await page.keyboard.type('How many days of annual leave do employees receive?');
  await page.keyboard.press('Enter');
  await answered(page);

  await tabTo(page, '.turn button.cite', 'Shift+Tab');
  await page.getByRole('tooltip').waitFor();
  const described = await page.evaluate(() => document.activeElement?.getAttribute('aria-describedby'));
  expect(described).toBe('quote-card');
  await page.keyboard.press('Enter');
  await page.locator('.source mark').first().waitFor();
  await focused(page, '.source h2');
  await page.keyboard.press('Escape');
  await page.locator('.source').waitFor({ state: 'detached' });
  await focused(page, '.turn button.cite');

  await tabTo(page, '#question');
  await page.keyboard.press('ArrowUp');
  await page.getByText('Editing an earlier question').waitFor();
  expect(await page.locator('#question').inputValue()).toContain('annual leave');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#question')?.value === '');
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  expect(await page.locator('#question').inputValue()).toBe('one\ntwo');
  expect(await page.locator('.turn').count()).toBe(1);
});

it('shortcuts_menu_rename_byKeyboardAlone', async () => {
  const page = await open('/');
  await page.locator('.home').waitFor();
  await page.keyboard.type('What does error E41 mean?');
  await page.keyboard.press('Enter');
  await answered(page);
  expect(await lastTurn(page).innerText()).toContain('E41');
  await tabTo(page, '.top .menu button', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await focused(page, '.menu-list button');
  await page.keyboard.press('Escape');
  await focused(page, '.top .menu button');
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('d');
  await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  await page.keyboard.press('n');
  await focused(page, '#question');
});

it('documents_selectedAndDeleted_byKeyboardAlone', async () => {
  await addDocuments(inject('server'), [
    file('old-one.md', '# Old one\n\nText.'),
    file('old-two.md', '# Old two\n\nMore text.'),
  ]);
  const page = await open('/documents');
  await page.locator('.document').first().waitFor();
  await page.keyboard.press('/');
  await focused(page, '#document-search');
  await page.keyboard.type('old');
  await page.waitForFunction(() => document.querySelectorAll('.document').length === 2);
  await tabTo(page, '.selection input');
  await page.keyboard.press('Space');
  await tabTo(page, '.selection-actions .danger-text');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Delete 2 documents');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Delete 2 documents?' }).waitFor();
  await tabTo(page, 'dialog .primary.danger');
  await page.keyboard.press('Enter');
  await page.getByText('2 documents deleted').waitFor();
  await page.getByText('No document matches').waitFor();
});
