import type { Page } from 'playwright-core';
import { beforeAll, expect, inject, it } from 'vitest';
import { expectGoodEverywhere } from './accessibility';
import { addDocuments, answered, ask, file, room } from './browser';

const { open } = room();

const GREENHOUSE = `---
author: Ann Lee
created: 2025-03-01
---
# Greenhouse records

## Values

| Sensor | December | January |
|---|---|---|
| TS-0085 | 390 | 401 |
| TS-0086 | 395 | 399 |
| TS-0087 | 400 | 412 |

Sensors are read every hour.[^1]

[^1]: Model SM-300.

## Watering

- Open the valve
  - slowly

\`\`\`
if open:
    close()
\`\`\`

![a plan of the pipes](plan.png)
`;

beforeAll(() => addDocuments(inject('server'), [file('greenhouse.md', GREENHOUSE)]));

const tags = (page: Page) => page.locator('.tag-editor .tags li').allInnerTexts();

it('document_fromTheList_showsMetadataNoticesAndItsTextAsBlocks', async () => {
  const page = await open('/documents');
  const row = page.locator('.document', { hasText: 'Greenhouse records' });
  // The row is there before the styles and words of its notices.
  await expect.poll(() => row.locator('.notice-sign').innerText()).toContain('picture');
  await row.getByRole('link', { name: 'Greenhouse records' }).click();
  await page.getByRole('heading', { name: 'Greenhouse records', level: 1 }).waitFor();
  await page.locator('.document-text table').waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/documents\/[^/]+$/);
  expect(await page.locator('.notice-list').innerText()).toContain('One picture was left out.');
  expect(await page.locator('.facts').first().innerText()).toMatch(/Author\s+Ann Lee\s+Created\s+Mar 1, 2025/);
  const table = page.getByRole('region', { name: 'Sensor, December, January' });
  expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(['Sensor', 'December', 'January']);
  expect(await table.getByRole('row', { name: 'TS-0087' }).getByRole('cell').allInnerTexts()).toEqual(['400', '412']);
  expect(await page.getByRole('note').innerText()).toMatch(/Footnote\s+\[1\] Model SM-300\./);
  expect(await page.locator('.document-text pre').innerText()).toBe('if open:\n    close()');
  expect(await page.locator('.document-text ul ul').innerText()).toBe('slowly');
  await expectGoodEverywhere(page, 'a document');

  await page.getByText('Contents (3 headings)').click();
  await page.getByRole('link', { name: 'Watering' }).click();
  await page.waitForFunction(() => document.activeElement?.textContent === 'Watering');
  await page.reload();
  await page.waitForFunction(() => document.activeElement?.textContent === 'Watering');
});

it('tags_addedAndRemoved_byKeyboardAlone', async () => {
  const page = await open('/documents');
  await page.getByRole('link', { name: 'Greenhouse records' }).click();
  const field = page.getByLabel('New tag');
  await field.focus();
  for (const tag of ['sensors', 'Winter 2025']) {
    await page.keyboard.type(tag);
    await page.keyboard.press('Enter');
    await page.locator('.tags').getByText(tag, { exact: true }).waitFor();
  }
  await page.keyboard.type('x'.repeat(101));
  await page.keyboard.press('Enter');
  expect(await page.getByRole('alert').innerText()).toContain('101 visible characters');
  await expectGoodEverywhere(page, 'a tag that is refused');
  await field.fill('');
  await page.reload();
  await page.locator('.tags').waitFor();
  expect(await tags(page)).toEqual(['sensors', 'Winter 2025']);
  await page.getByRole('button', { name: 'Remove the tag “sensors”' }).press('Enter');
  await page.locator('.tags').getByText('sensors').waitFor({ state: 'detached' });
  expect(await tags(page)).toEqual(['Winter 2025']);
  await page.getByRole('link', { name: 'Documents' }).last().click();
  await page.locator('.document', { hasText: 'Greenhouse records' }).getByText('Winter 2025').waitFor();
});

it('citedRow_isMarkedInItsTable', async () => {
  const page = await open('/');
  await ask(page, 'What was the value of sensor TS-0087 in January?');
  await answered(page);
  await page.locator('button.cite').first().click();
  const mark = page.locator('.source mark', { hasText: 'TS-0087' });
  await mark.waitFor();
  expect(await mark.evaluate((element) => element.parentElement?.tagName)).toBe('TH');
  expect(await page.locator('.source thead').innerText()).toContain('January');
  expect(await mark.evaluate((element) => element.getBoundingClientRect().top < innerHeight)).toBe(true);
  // From a sheet over the answer to a panel beside it, and it stays open.
  await expectGoodEverywhere(page, 'a table in the source');
  await page.getByRole('link', { name: 'Show the document' }).click();
  await page.getByRole('heading', { name: 'Greenhouse records', level: 1 }).waitFor();
});
