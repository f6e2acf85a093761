import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { expectGoodEverywhere } from './accessibility';
import { gotoFromElsewhere, room } from './browser';

const { open } = room();
const [server, data] = [inject('server'), inject('data')];

let folder = '';
let outside = '';

/** Twelve reports, a draft that a rule leaves out, and a link out of the folder. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-folder-'));
  outside = await mkdtemp(join(tmpdir(), 'lectern-outside-'));
  await mkdir(join(folder, 'reports'));
  await Promise.all(numbers(1, 12).map((n) => writeFile(report(n), `# Report ${n}\n\nPump ${n} was serviced.\n`)));
  await writeFile(join(folder, '.lecternignore'), 'draft.md\n');
  await writeFile(join(folder, 'draft.md'), '# Draft\n');
  await writeFile(join(outside, 'payroll.md'), '# Payroll\n');
  await symlink(join(outside, 'payroll.md'), join(folder, 'payroll.md'));
});

afterAll(() => Promise.all([folder, outside].map((path) => rm(path, { recursive: true, force: true }))));

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const report = (n: number) => join(folder, 'reports', `report-${n}.md`);

/** The documents of the folder that the library has. */
async function reports(): Promise<number> {
  const listed = await fetch(`${server}/api/v1/collections/default/documents?limit=200`);
  const { items } = (await listed.json()) as { items: { title: string }[] };
  return items.filter(({ title }) => title.startsWith('Report ')).length;
}

async function signIn(page: Page): Promise<string> {
  const key = (await readFile(join(data, 'key'), 'utf8')).trim();
  await page.getByLabel('Operator key').fill(key);
  await page.keyboard.press('Enter');
  await page.getByLabel('Folder on the server').waitFor();
  return key;
}

// Only who has the key file of the server can do this.
it.skipIf(!data)('folder_keptUpWith_asksBeforeItDeletes', async () => {
  const page = await open('/');
  await gotoFromElsewhere(page, '/sources');
  const key = await signIn(page);

  const path = page.getByLabel('Folder on the server');
  await path.fill('reports');
  await page.keyboard.press('Enter');
  await page.getByText('is not absolute').waitFor();
  await path.fill(folder);
  await page.keyboard.press('Enter');
  const source = page.getByRole('region', { name: folder, exact: true });
  const facts = () => source.locator('.facts').innerText();
  await source.getByText('Up to date').waitFor();
  await expect.poll(facts, { timeout: 60_000 }).toMatch(/Documents\s+12\b/);
  await expect.poll(reports, { timeout: 60_000 }).toBe(12);

  await source.getByLabel('New tag').fill('serviced');
  await page.keyboard.press('Enter');
  await source.locator('.tags').getByText('serviced').waitFor();
  const listed = await fetch(`${server}/api/v1/collections/default/documents?query=Report%207`);
  const [first] = ((await listed.json()) as { items: { tags?: string[]; inheritedTags?: string[] }[] }).items;
  expect(first?.inheritedTags).toEqual(['serviced']);
  await source.getByRole('button', { name: 'Remove the tag “serviced”' }).click();
  await source.locator('.tags').waitFor({ state: 'detached' });

  await source.getByText('items need a look or were left out').click();
  await source.getByText('Links that are not followed: 1').click();
  await source.getByText('payroll.md', { exact: true }).waitFor();
  await source.getByText('Left out by rules: 2').click();
  await source.getByText('draft.md', { exact: true }).waitFor();

  await Promise.all(numbers(1, 8).map((n) => rm(report(n))));
  await source.getByRole('button', { name: 'Scan now' }).click();
  await source.getByRole('alert').waitFor();
  expect(await source.getByRole('alert').innerText()).toMatch(/^8 files have been missing since/);
  expect(await reports()).toBe(12);
  await expectGoodEverywhere(page, 'findings and missing files');

  const review = source.getByRole('button', { name: 'Show the 8 missing files' });
  await review.click();
  await page.getByText('reports/report-8.md', { exact: true }).waitFor();
  await expectGoodEverywhere(page, 'confirmation');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await reports()).toBe(12);
  await review.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 8 documents' }).click();
  await source.getByText('Up to date').waitFor();
  await source.getByRole('alert').waitFor({ state: 'hidden' });
  await expect.poll(facts, { timeout: 60_000 }).toMatch(/Documents\s+4\b/);
  expect(await reports()).toBe(4);

  await source.getByRole('button', { name: 'Remove the source' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the source' }).click();
  await source.waitFor({ state: 'hidden' });
  await expect.poll(reports, { timeout: 60_000 }).toBe(0);

  await page.getByRole('button', { name: 'Sign out as operator' }).click();
  await page.getByLabel('Operator key').waitFor();
  expect(await page.content()).not.toContain(key);
});
