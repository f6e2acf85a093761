import type { Page } from 'playwright-core';
import { beforeAll, expect, inject, it } from 'vitest';
import { expectGoodEverywhere } from './accessibility';
import { addDocuments, answered, ask, file, lastTurn, room } from './browser';

const { open } = room();
const server = inject('server');

const NORTH = `---
created: 2024-05-01
---
# Lease of the north hall

The notice period of the lease is six months to the end of a quarter.
`;
const SOUTH = `---
created: 2025-05-01
---
# Lease of the south hall

The notice period of the lease is three months to the end of a month.
`;

async function setTag(title: string, tag: string): Promise<void> {
  const listed = await fetch(`${server}/api/v1/collections/default/documents?query=${encodeURIComponent(title)}`);
  const [found] = ((await listed.json()) as { items: { id: string }[] }).items;
  const sent = await fetch(`${server}/api/v1/documents/${found?.id}/tags`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ tags: [tag] }),
  });
  expect(sent.status).toBe(200);
}

beforeAll(async () => {
  await addDocuments(server, [file('north.md', NORTH), file('south.md', SOUTH)]);
  await setTag('Lease of the north hall', 'north');
  await setTag('Lease of the south hall', 'south');
});

const chips = (page: Page) => page.locator('.filter-chips li').allInnerTexts();
const control = (page: Page) => page.getByRole('button', { name: 'Ask only some documents' });

async function chooseTag(page: Page, tag: string): Promise<void> {
  await control(page).click();
  await page.getByRole('checkbox', { name: tag }).check();
  await page.getByText('One document passes').waitFor();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

it('filter_choosesTheDocuments_isKeptByTheConversation_andCanBeRemoved', async () => {
  const page = await open('/');
  await chooseTag(page, 'north');
  expect(await chips(page)).toEqual(['Tag: north']);
  await page.reload();
  await page.locator('.filter-chips').waitFor();
  expect(await chips(page)).toEqual(['Tag: north']);
  await ask(page, 'What is the notice period of the lease?');
  await answered(page);
  expect(await lastTurn(page).locator('.prose').innerText()).toContain('six months');
  expect(await lastTurn(page).locator('.prose').innerText()).not.toContain('three months');
  expect(await lastTurn(page).locator('.question-filter').innerText()).toBe('Tag: north');

  await page.getByRole('link', { name: 'New question' }).click();
  await page.locator('.home').waitFor();
  expect(await chips(page)).toEqual([]);
  await page.goBack();
  await page.locator('.turn').waitFor();
  expect(await chips(page)).toEqual(['Tag: north']);

  await page.getByRole('button', { name: 'Remove “Tag: north”' }).press('Enter');
  await page.waitForFunction(() => document.activeElement?.matches('.filter-button'));
  expect(await chips(page)).toEqual([]);
  await chooseTag(page, 'south');
  await ask(page, 'What is the notice period of the lease?');
  await page.locator('.turn').nth(1).waitFor();
  await answered(page);
  expect(await lastTurn(page).locator('.prose').innerText()).toContain('three months');
});

it('filterThatLeavesTheAnswerOut_saysSo_andAsksAllDocuments', async () => {
  const page = await open('/');
  await control(page).click();
  await page.locator('summary', { hasText: 'Created' }).click();
  const [from, to] = [page.getByLabel('From', { exact: true }), page.getByLabel('To', { exact: true })];
  await from.locator('visible=true').fill('2025-01-01');
  await to.locator('visible=true').fill('2024-01-01');
  await page.getByRole('alert').getByText('The end is before the beginning.').waitFor();
  await to.locator('visible=true').fill('2025-12-31');
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await expectGoodEverywhere(page, 'the choice of documents');
  await page.getByRole('button', { name: 'Apply' }).click();
  expect(await chips(page)).toEqual(['Created: Jan 1, 2025 to Dec 31, 2025']);
  await expectGoodEverywhere(page, 'a chosen filter');

  await ask(page, 'Which quarter ends the lease of the north hall after six months?');
  await answered(page);
  const note = lastTurn(page).locator('.abstained .note');
  await note.waitFor();
  expect(await note.innerText()).toContain('those with Created: Jan 1, 2025 to Dec 31, 2025');
  await expectGoodEverywhere(page, 'an abstention with a filter');
  await note.getByRole('button', { name: 'Ask all documents' }).click();
  await note.waitFor({ state: 'detached' });
  await answered(page);
  expect(await lastTurn(page).locator('.prose').innerText()).toContain('six months');
  expect(await chips(page)).toEqual([]);
  expect(await page.locator('.turn').count()).toBe(1);
});
